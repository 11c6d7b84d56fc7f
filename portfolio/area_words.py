"""Words that often mean that a text speaks to an area, and kinds that often do: by set of standards and area.

Our own lists, out of what the areas ask and how people write of it. A telling word is enough by itself, a common one
needs another; a word of several areas says so much less about each. A star at the end stands for any ending. A set
without lists is suggested from by the words of its areas' titles. How well they do: ``benchmarks.suggested_areas``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portfolio.models import Evidence

Kind = Evidence.Kind


def listed(entries: str) -> tuple[str, ...]:
    """Entries written in a row, with a comma after each."""
    return tuple(" ".join(entry.split()) for entry in entries.split(","))


@dataclass(frozen=True)
class Words:
    telling: tuple[str, ...]
    common: tuple[str, ...] = ()


WORDS: Mapping[str, Mapping[int, Words]] = {
    "pqs-adults": {
        1: Words(
            telling=listed("""
                values, ethic*, moral*, identity, identities, privilege*, discriminat*, racis*, anti-racis*, prejudice*,
                equalit*, inequalit*, human rights, faith, religio*, dignity, stereotyp*, sexis*, sexuality, homophob*,
                ableis*, ageis*, gay, lesbian*, transgender, pronoun*, muslim*, hindu*, christian*, jewish, sikh*,
                ethnicity, ethnic, minorit*, oppress*, anti-oppressive, microaggression*, protected characteristic*,
                interpreter*, reasonable adjustment*, social graces, conscience, candour, code of conduct,
                code of ethics, unconscious bias, whiteness, black woman, black man, right to be heard, what i believe,
                my own upbringing, private and family life, article 8, heritage, intersectional*, ethnicities, bigot*,
                xenophob*, lgbt*, women of colour, people of colour, class background, working-class, working class,
                middle-class, middle class, my own values, right and wrong, treated differently, less favourably,
                equality act, human rights act, justice, injustice, inclusion, inclusive, exclu*"""),
            common=listed("""
                belief*, believe*, believed, culture*, cultural*, race, asian, gender*, class, accent*, migrant*,
                migrated, grew up, upbringing, background*, unfair*, fairness, integrity, honest*, boundary, boundaries,
                respect*, disabled, disability, church*, mosque*, chapel, language*, difference*, differently, bias*,
                rights, equal*, kindness, decency, ashamed, shame, apologis*, sorry, marri*, partner agency,
                partner agencies, gypsy, traveller*, refugee*, asylum, ally, uncomfortable, dress, hijab, ramadan,
                prayer*, pray, priest, imam, immigra*, whose voice, voiceless, belong*, power and identity, unjust,
                diverse, diversity, neurodiver*, autis*, dyslex*, mother tongue, nationality, skin,
                conflict of interest"""),
        ),
        2: Words(
            telling=listed("""
                whole service, across the service, across the council, across the department, whole department,
                head of service, heads of service, director*, councillor*, senior manager*, senior management,
                senior leader*, leadership, strateg*, governance, practice week, principal social worker, commission*,
                service manager*, other teams, every team, all teams, all the teams, whole organisation, budget*,
                influenc*, scrutiny, the board, integrated board, pilot*, inspection, inspectors, cqc, rolled out,
                waiting list*, experts by experience, lived experience, co-produc*, voluntary sector, the forum,
                practice forum, community group*, wider system, practice culture, corporate, protocol*, procurement,
                senior leaders, leadership team, management team, transformation, partnership board, elected member*,
                portfolio holder, service plan, business case, task and finish, service design, redesign*,
                whole-service, health and care system, integrated care, workforce, retention, quality statement*,
                key performance, terms of reference, carers' strategy, user group*, champion*, rolled it out,
                taken up by"""),
            common=listed("""
                organisation*, policy, policies, procedure*, council, department, service, community, communities,
                resources, funding, funded, leader*, managers, management, role model*, expectations of practice, forum,
                charity, charities, proposal, proposed, propose*, rota, panel*, template, in place now, permanent,
                changed the way, team culture, whole team, project*, pattern, network*, neighbourhood*, vacanc*,
                protocol, meeting with the, steering, presented, presentation, representat*, sponsor*,
                standards of practice, everyone in the service, initiative*, steering group, local authority, library,
                drop-in*, hub*, recruit*, interview*"""),
        ),
        3: Words(
            telling=listed("""
                capabilit*, capable, asye, newly qualified, nqsw, student*, apprentice*, pcf, practice framework,
                strengths-based, strength-based, asset-based, career*, direct observation, observed practice, coach*,
                delegat*, shadow*, practice educat*, placement student, rehears*, role play, role-play, induction,
                progression, joint visit*, co-work*, learning style*, genogram*, observed her, observed him,
                observed them, observed a, watched her, watched him, watched them, step back, stepped back,
                learning need*, portfolio, overseas, best interests assessor training, learner*, first time alone,
                on her own now, asye assessor, preceptor*, teach-back, practice assessor, practice learning,
                strengths based, professional development, development plan, career path*, secondment,
                senior practitioner, new to the team, first assessment, first court, first time, tried it herself,
                next step*, motivational interviewing, training need*, aspir*, modelled, modelling, lone visit*,
                took the lead, taking the lead"""),
            common=listed("""
                confiden*, skill*, grow, grows, growth, develop*, mentor*, practis*, teach*, taught, learn*, strengths,
                strength, observe*, observation*, expertise, potential, qualified, trainee*, training, readiness,
                by herself, by himself, by themselves, her own plan, his own plan, demonstrat*, encourag*, stretch*,
                can do, able to do, learning, new worker, self-belief, believes in, talent*, grew, grown, grows into,
                had never done, never done, had never, could do, preparation, practised, technique*, independent*,
                autonom*, feedback from adults, criteria, assessor, assess, assessed her, assessed him"""),
        ),
        4: Words(
            telling=listed("""
                audit*, dip sample*, dip-sample*, oversight, cpd, research*, evidence-informed, evidence-based,
                case file*, evidence base, sign off, sign-off, signing off, signed off, article*, literature, webinar*,
                journal, up to date, out of date, person-centred, proportionate*, making safeguarding personal,
                my own learning, own learning, my learning, quality assur*, quality of practice, prioriti*, random,
                voice of the adult, adult's voice, adult's own words, person's voice, own words, social work england,
                registration, i read about, reviewing files, overdue reviews, records of supervision,
                supervision records, tool 33, tool 31, case audit*, file audit*, quality assurance, thematic review*,
                sampled, spot check*, moderat*, read up on, keeping up, kept up, current knowledge, e-learning,
                training day, briefing*, seminar*, podcast*, community care, research in practice, nice guideline*,
                guideline*, serious case review*, safeguarding adults review*, voice was missing, voices are missing,
                boilerplate, copied and pasted, copy and paste, reablement, renewal, renew"""),
            common=listed("""
                assur*, quality, files, records, recording, reading, book, sampl*, evidence, studies, training,
                knowledge, learn*, good enough, standard, standards, reviews, care plan*, support plan*, plans,
                outcomes, urgent*, triage, safeguarding, holistic, conference, workshop, theories, methods, gap, gaps,
                what works, lecture*, university, findings, professional curiosity, chapter, paper on, author*,
                signature, signing, re-read, reread, recorded, record, wishes, plan says, file, careful reading,
                management oversight, reviewed, backlog, waiting list, ragged, rag rat*, person at the centre, voice,
                allocat*"""),
        ),
        5: Words(
            telling=listed("""
                analys*, analytic*, hypothes*, judgement*, chronolog*, opinion*, uncertain*, positive risk*,
                risk-taking, defensible, curious, curiosity, discrepanc*, explanation*, devil's advocate, hunch*,
                intuition*, gut feeling*, conclusion*, conclude*, jumped to, first impression*, other explanation*,
                pros and cons, for and against, evidence for, evidence against, balance sheet, threshold*, what we know,
                what we do not know, what we don't know, assumption*, confirmation bias, dilemma*, self-neglect*,
                decision tree, decision-making, critical thinking, critically, worst case, rule out, ruled out,
                likelihood, second-guess*, more than one explanation, two explanations, three explanations,
                another explanation, alternative explanation*, competing, too quickly, made up my mind,
                made up her mind, changed my mind, changed her mind, jump to, leap*, deduc*, infer*, interpret*,
                inference*, formulation, root cause, risk assessment*, risk enablement, safe enough, decision making,
                decision record, groupthink, blind spot*, framing, anchored"""),
            common=listed("""
                assum*, decision*, decide*, deciding, critical*, fact, facts, option*, reason, reasons, reasoning,
                weigh*, risk, risks, risky, evidence, alternative*, possib*, likely, unlikely, sure, certain, guess*,
                story, stories, history, pattern*, timeline, information, sense of, thinking, thought through, wonder*,
                wondered, theory, theories, doubt*, doubted, proof, prove*, know for, balance, balanced, scenario*,
                trade-off*, trade off*, sceptical, question mark, perspective*, point of view, other side, version*,
                contradict*, weighing, weighed up, fact or, long term, long-term, short term, consequence*, unsafe,
                residential"""),
        ),
        6: Words(
            telling=listed("""
                supervision agreement*, our agreement, emotion*, stress*, wellbeing, well-being, resilien*, empath*,
                safe space, group supervision, peer supervision, burnout, burn-out, burnt out, tears, tearful, cried,
                cry, crying, silence*, parallel process, grief, griev*, bereave*, debrief*, exhaust*, overwhelm*,
                secure base, drama triangle, rescuer, rescuing, anxiet*, anxious, cancelled, cancelling,
                my own supervision, my own supervisor, how she felt, how he felt, how they felt, how i felt, attachment,
                reflective supervision, co-regulat*, emotional*, vicarious trauma, trauma*, compassion fatigue,
                off sick with, self-care, self care, ground rules, contract between us, our contract,
                reviewed our agreement, peer group, reflective group, action learning, transference, mirrored,
                mirroring, mirror*, ending with, endings, goodbye, supervision contract, psychological safety,
                holding space, held in mind, thinking space, somebody to talk to, sat with her, sat with him,
                sat with it, supervisory relationship, our relationship, working relationship*, listened to,
                interruption*"""),
            common=listed("""
                relationship*, trust*, agreement*, feel, feels, feeling*, felt, listen*, warm*, calm*, one-to-one, 1:1,
                check in, check-in, contain*, quieter, tired, upset, angry, anger, distress*, fear, afraid, scared,
                lonel*, pause*, slow*, rush*, agenda, hurt, repair*, mood, death, died, weekly, worried, worry, worries,
                worrying, frightened, shaky, shaken, sigh*, smil*, laugh*, presence, attuned, being heard, feels safe,
                apolog*, together again, breath*, sleep*, breaks, protected time, private room, team morale, morale,
                mood in, missed her, missed him, friend, friends, friendship, withdrew, withdrawn, opened up, open up,
                vulnerab*, suicid*, funeral, loss, lost, reflect*, online"""),
        ),
        7: Words(
            telling=listed("""
                power*, authority, law, laws, lawful*, legal*, lawyer*, solicitor*, care act, mental capacity,
                capacity assessment*, has capacity, had capacity, lacks capacity, lacked capacity, mental health act,
                amhp, statutory, section 42, s42, court, best interests, unwise, advocate*, advocacy, transparen*,
                accountab*, directive, inherent jurisdiction, choice and control, deprivation of liberty, dols, liberty,
                least restrictive, restrict*, coerci*, consultant*, psychiatrist*, overrul*, instruct*,
                ordinary residence, right to refuse, eligib*, hierarch*, i told her to, i told him to, i overruled,
                legislation, legal advice, case law, statute, human rights claim, court of protection, deputy,
                deputyship, lasting power, code of practice, safeguarding enquiry, enquiry officer, supported decision*,
                own choice, own decision*, undue influence, autonomy, proportionate use, pulled rank, pull rank, rank,
                mca, moca, dols assessor, guardianship, ombudsman, judicial review, unlawful*, right of appeal, appeal,
                put my foot down, my decision to make, last word, challenged me, challenge me, disagree with me,
                disagreed with me, talked over, escalated"""),
            common=listed("""
                capacity, duty, duties, challenge*, choice*, choose, control*, direct, directed, enquiry, enquiries,
                multi-agency, police, gp, doctor*, ward, strategy meeting*, disagree*, debate*, insist*, permission,
                in charge, consent*, refus*, escalat*, professionals, involved, safeguarding"""),
        ),
        8: Words(
            telling=listed("""
                performance, apprais*, underperform*, praise*, capability procedure, difficult conversation*,
                occupational health, hr, probation*, absence*, sickness, complaint*, compliment*, overdue, late,
                deadline*, improvement plan*, improvement conversation*, poor practice, performance review*,
                supervision of performance, informal stage, formal stage, first stage, stage one, personal improvement,
                action plan, written warning, hr adviser, human resources, return to work, back to work,
                turned it around, not good enough, below standard, standard of her, standard of his, kpi*,
                caseload figures, incident*, serious incident, lessons learned, learning from, what went wrong,
                positive feedback, specific feedback, honest feedback, hard feedback, constructive, mid-year, near miss,
                lessons, recognis*, recognition, award*, disciplinary, concern about, concerns about, standard of work,
                well done, good work, feedback on, gave feedback, give feedback, giving feedback, written feedback,
                thank you, thanked, objectives, warning, missed visits, timeliness, backlog*, dashboard*"""),
            common=listed("""
                feedback, target*, improve*, expectation*, expect*, concern*, specific, putting off, put off, postpon*,
                progress, strength*, appreciat*, proud, celebrat*, email, emails, formal, informal*, struggl*, slip*,
                missed, learnt from, mistake*, blame, error*, follow up, followed up, timescale*, performed, accurate,
                accuracy, sloppy, careless, praise, nomination, nominated, achiev*, good example, deserve*, avoiding,
                avoided, avoid, uncomfortable, hard to say, should have said, fair, monitor*, measure*, goal*,
                review date, promised, promise*, chased, chase, chasing, reminder*, late again, unanswered, punctual*,
                repeated, repeat, dropped, falling behind, behind with, standard, standards, workload, caseload*,
                what went well, went well, drift*"""),
        ),
    },
    "kss-children": {
        1: Words(
            telling=listed("""
                governance, audit*, quality assur*, expectations of practice, practice standards"""),
            common=listed("""
                excellen*, policy, expectation*, quality, standard*, accountab*"""),
        ),
        2: Words(
            telling=listed("""
                asye, newly qualified, student*, capabilit*, coach*, joint visit*, shadow*, practice educat*"""),
            common=listed("""
                assess*, learn*, skill*, confiden*, training, observ*"""),
        ),
        3: Words(
            telling=listed("""
                partner agenc*, multi-agency, influenc*, commission*, senior manager*, whole service"""),
            common=listed("""
                partner*, system*, school*, police, health visitor*, strateg*, community, families' voices"""),
        ),
        4: Words(
            telling=listed("""
                power*, authority, court*, lawful*, legal*, threshold*, statutory, section 47, public law outline"""),
            common=listed("""
                consent, law, rights, challenge*, choice*, care order*"""),
        ),
        5: Words(
            telling=listed("""
                analys*, hypothes*, judgement*, chronolog*, assumption*, uncertain*, critical thinking, curiosity"""),
            common=listed("""
                decision*, assum*, risk, risks, reflect*, weigh*, evidence"""),
        ),
        6: Words(
            telling=listed("""
                child protection plan*, direct work, drift, purposeful*, child in need plan*, permanence"""),
            common=listed("""
                purpose*, plan, plans, goal*, outcome*, progress, child protection, visits"""),
        ),
        7: Words(
            telling=listed("""
                emotion*, stress*, resilien*, wellbeing, empath*, burnout, supervision agreement*, peer supervision"""),
            common=listed("""
                feeling*, relationship*, trust*, listen*, calm*, felt"""),
        ),
        8: Words(
            telling=listed("""
                performance, apprais*, praise*, underperform*, lessons, complaint*, capability procedure"""),
            common=listed("""
                feedback, improve*, target*, expect*, recognis*, learning from"""),
        ),
    },
}

# A kind that nearly always speaks to an area is enough by itself, one that often does needs a word.
TELLING_KIND: Mapping[str, Mapping[str, int]] = {
    "pqs-adults": {Kind.AUDIT: 4, Kind.AGREEMENT: 6, Kind.DEVELOPMENT: 3, Kind.CHANGE: 2, Kind.CPD: 4},
    "kss-children": {Kind.AUDIT: 1, Kind.AGREEMENT: 7, Kind.DEVELOPMENT: 2, Kind.CHANGE: 3, Kind.CPD: 2},
}
COMMON_KIND: Mapping[str, Mapping[str, int]] = {
    "pqs-adults": {Kind.REFLECTION: 6, Kind.SITUATION: 5, Kind.FEEDBACK: 8, Kind.PARTNERSHIP: 7, Kind.WENT_WELL: 8},
    "kss-children": {Kind.REFLECTION: 7, Kind.SITUATION: 5, Kind.FEEDBACK: 8, Kind.PARTNERSHIP: 3, Kind.WENT_WELL: 8},
}
