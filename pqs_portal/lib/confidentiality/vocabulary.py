"""Words that tell a name from what only looks like one. Written for this field; extend it when it errs."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.lower().split())


TITLES = _words(
    """mr mrs ms miss mx dr doctor prof professor cllr councillor rev reverend revd fr sir dame lord lady baroness
    judge justice pc dc ds sgt inspector nurse pastor imam rabbi sheikh canon father sister brother auntie aunt
    aunty uncle granny grandma grandad nana pani pan umm abu hajji madam mme señor señora frau herr"""
)
# These are ordinary words in lower case and titles only before a name.
LOWER_TITLES = _words("mr mrs ms miss mx dr prof cllr rev")
# After these a single letter is a pseudonym by custom, not an initial.
PSEUDONYM_LETTERS = frozenset("ABCXYZ")
PARTICLES = _words(
    "al el ap ab ferch van von der den de del dela della da das do dos di du la le bin ibn bint ben ní ni nic ó mac st"
)

FUNCTION = _words(
    """i we you he she it they me us him her them my our your his its their this that these those here there who whom
    whose which what when where why how whether if as and or but nor so yet for to of in on at by with from into
    onto over under after before since until while during between among about against without within through towards
    the a an some any each every both either neither all none no not never always often sometimes once twice again
    also too then than now today tomorrow yesterday still just only even much many more most other another such same
    own one two three four five six seven eight nine ten first second third next last is are was were be been being
    am do does did done have has had having can could may might must shall should will would let lets nobody
    somebody everybody anybody someone everyone anyone nothing something everything anything people others mum dad
    nan mother father son daughter god yes okay ok well dear hello hi thanks thank please sorry however therefore
    because although though perhaps maybe instead meanwhile afterwards later soon together re cc fyi eg ie etc mine
    ours yours said told"""
)
CALENDAR = _words(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep
    sept oct nov dec easter christmas ramadan eid diwali lent advent passover hanukkah vaisakhi pentecost ascension
    spring summer autumn winter"""
)
PEOPLES = _words(
    """christian christians muslim muslims sikh sikhs hindu hindus jewish jew jews buddhist buddhists catholic
    catholics protestant pentecostal quaker methodist anglican baptist orthodox islam islamic christianity judaism
    hinduism sikhism tigrinya amharic arabic somali urdu punjabi panjabi gujarati hindi bengali sylheti tamil farsi
    persian pashto dari kurdish sorani turkish polish romanian ukrainian russian lithuanian latvian portuguese
    spanish french italian german greek welsh irish scottish english british european african asian caribbean
    chinese mandarin cantonese vietnamese tagalog filipino yoruba igbo hausa twi akan swahili shona ndebele zulu
    xhosa lingala patois romani roma traveller travellers gypsy gypsies black white brown bsl makaton deaf nigerian
    ghanaian jamaican eritrean ethiopian sudanese syrian iraqi iranian afghan pakistani indian bangladeshi nepali
    albanian bulgarian hungarian slovak czech latin"""
)
# Writers on reflection, supervision, systems and attachment whom a piece cites by surname.
THINKERS = _words(
    """kolb gibbs schön schon dewey brookfield johns driscoll rolfe borton boud mezirow lewin knowles bloom vygotsky
    piaget skinner freud jung klein bion winnicott bowlby ainsworth erikson maslow rogers berne karpman egan tuckman
    belbin honey mumford myers briggs bronfenbrenner bertalanffy minuchin bateson burnham cecchin foucault freire
    bourdieu goffman crenshaw mcintosh thompson morrison wonnacott munro laming proctor kadushin hawkins shohet
    davys beddoe tsui carpenter ruch ferguson kinman grant ravalier whitmore cooperrider heron plutchik fook
    gilligan noddings hochschild schein mintzberg kotter tronick fonagy korsakoff kahneman argyris senge covey
    goleman dweck edmondson johari eisenhower pareto gantt likert maudsley freudenberger maslach seligman rawls
    bolam cheshire montgomery caldicott nolan francis winterbourne baker dhss saleebey trevithick healy howe munby
    featherstone white stanley parton payne dominelli oliver burke lipsky menzies lyth obholzer hughes pengelly"""
)
BRANDS = _words(
    """microsoft teams zoom google whatsapp facebook excel word powerpoint outlook sharepoint onedrive mosaic
    liquidlogic carefirst eclipse azeus systmone rio paris skype padlet miro mentimeter slido youtube twitter
    instagram tiktok uber tesco asda aldi lidl boots lloyds barclays natwest santander hsbc airbnb netflix alexa
    siri telecare nino skills scie nice cqc adass basw ripfa rip swe hcpc nhs ico dwp hmrc ofsted mencap scope mind
    shelter samaritans healthwatch barnardo barnardos nspcc crisis turn2us citizens alzheimer alzheimers parkinson
    parkinsons dementia asperger aspergers makaton windrush grenfell brexit covid greggs costa wifi wi-fi kippur
    zimmer braille ladybird graces graaacceeesss pcf kss pqs asye amhp mash dols lps"""
)
# Towns, cities and counties of these islands that no list in use has; the larger a place, the oftener it is written.
PLACES = _words(
    """aberdeen aldershot ashford aylesbury barking barnet barnsley basildon basingstoke bath bedford bexley birkenhead
    birmingham blackburn blackpool bolton bournemouth bracknell bradford brent brighton bristol bromley burnley bury
    camden carlisle chelmsford cheltenham chesterfield colchester corby cornwall coventry crawley crewe croydon
    cumbria darlington dartford derby devon doncaster dorset dover dudley dundee durham ealing eastbourne enfield
    essex exeter falmouth gateshead gloucester greenwich grimsby guildford hackney halifax hammersmith haringey
    harlow harrogate harrow hartlepool hastings hereford hillingdon hounslow huddersfield hull ipswich islington
    kent kettering kirklees knowsley lambeth lancaster leeds leicester lewisham lincoln liverpool luton maidstone
    manchester mansfield merseyside merton middlesbrough newcastle newham norfolk northampton norwich nottingham
    nuneaton oldham oxford plymouth poole portsmouth preston reading redbridge redcar rochdale rotherham salford
    salisbury sandwell scunthorpe sefton sheffield shrewsbury slough solihull somerset southampton southend
    southwark stafford stevenage stockport stockton stoke suffolk sunderland surrey sussex sutton swansea swindon
    tameside taunton telford thurrock torbay trafford wakefield walsall warrington watford wearside wigan wirral
    wokingham wolverhampton worcester worthing york cardiff newport wrexham gwynedd powys glamorgan glasgow
    edinburgh inverness fife lothian belfast derry ulster galway leitrim mayo donegal munster connacht"""
)
# A run that holds one of these is a law, a body, a document or a place, and nobody's name.
BODIES = _words(
    """act acts council trust hospital centre center foundation inquiry enquiry society association institute
    university college school academy church chapel mosque temple gurdwara synagogue hospice surgery clinic practice
    infirmary team teams hub unit ward service services department directorate board panel forum network alliance
    partnership agency authority commission committee federation union charity company ltd limited plc bank group
    programme scheme framework standards code convention charter bill regulations safeguards protection order report
    review guidance strategy policy agreement plan tool toolkit model cycle theory method approach wheel window
    scale index inventory questionnaire checklist matrix grid triangle pyramid hierarchy typology house court lodge
    tower hall street road lane avenue close terrace drive station airport park library museum stadium county
    borough district city town village parish england scotland wales ireland britain kingdom uk police constabulary
    brigade ambulance nhs care carers workers rights liberty capacity safety safeguarding supervision journal press
    podcast conference workshop training course module award prize festival day week month year hotline line
    helpline"""
)
# After an unknown word these make it an author or a place: "the Munro review", "Tuckman's stages".
AFTER_THINKER = _words(
    """cycle cycles model models theory theories framework stages stage window wheel typology hierarchy triangle
    inquiry review report judgment judgement ruling principle principles test scale questionnaire inventory index
    functions iceberg ladder quadrant quadrants concept concepts pyramid taxonomy styles syndrome disease hospital
    centre council library school surgery clinic hospice ward team hub office road street area estate town"""
)
ROLES = _words(
    """adult adults worker workers supervisee supervisees supervisor supervisors manager managers mentor mentors person
    people carer carers client clients patient patients relative relatives resident tenant student students
    colleague colleagues advocate advocates therapist practitioner practitioners educator educators officer officers
    lead leads head director chair principal senior practice social occupational team line duty approved assessor
    assessors nurse nurses doctor gp consultant psychiatrist psychologist physiotherapist commissioner facilitator
    peer panel family families staff services housing health police finance legal commissioning procurement benefits
    management council hospital group research feedback policy supervision learning development professional
    professionals children child men women man woman parents neighbours neighbour friend friends everyone nobody
    governors members member trainer tool standard statement session area part chapter section step stage page table
    figure appendix unit room floor"""
)

RELATIONS = _words(
    """manager supervisor supervisee supervisees mentor mentee colleague worker practitioner student advocate carer
    keyworker daughter son sister brother wife husband partner mother father mum dad aunt uncle nephew niece cousin
    grandson granddaughter grandmother grandfather neighbour friend landlord tenant farmer volunteer befriender
    interpreter chair elder stepfather stepmother stepson stepdaughter peer therapist nurse doctor solicitor lead
    called named nicknamed"""
)
# The word before a person: "I told …", "spoke to …".
ADDRESSING = _words(
    """told asked rang phoned called emailed texted thanked met saw heard praised observed supervised supervise
    welcomed invited introduced offered gave visited joined trusted challenged reminded reassured helped supported
    wrote sat walked spoke talked worked agreed that with ring email ask tell meet see visit observe hurt when and"""
)
# The word after a person: "… said".
SPEAKING = _words(
    """said says told tells asked asks thinks thought felt feels wrote writes rang phoned called emailed replied
    explained described noticed wondered mentioned admitted agreed disagreed laughed cried smiled arrived left came
    went brought wants wanted knew knows sees saw chose apologised nodded shrugged sighed listened answered
    suggested reported insisted refused promised thanked realised believes believed hoped hopes worries worried
    seemed seems sat stood sleeps lives lived moved works worked started joined shared handed"""
)
