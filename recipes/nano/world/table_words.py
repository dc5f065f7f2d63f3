"""Jobs, opposites and capitals: own knowledge, written by hand."""

JOBS = """
baker|bake bread|bakery
teacher|teach children|school
doctor|help sick people|hospital
nurse|care for sick people|hospital
farmer|grow food|farm
cook|make meals|kitchen
driver|drive a bus|road
pilot|fly planes|plane
sailor|sail ships|sea
firefighter|put out fires|fire station
builder|build houses|building site
painter|paint pictures|studio
singer|sing songs|stage
tailor|sew clothes|shop
gardener|grow flowers|garden
fisherman|catch fish|sea
dentist|look after teeth|clinic
vet|help sick animals|clinic
writer|write books|desk
butcher|sell meat|shop
carpenter|make things of wood|workshop
postman|bring letters|street
librarian|look after books|library
waiter|serve food|restaurant
mechanic|repair cars|garage
shepherd|look after sheep|meadow
miner|dig for coal|mine
judge|decide in court|court
astronaut|travel in space|space
barber|cut hair|shop
"""

OPPOSITES = """
hot cold|big small|tall short|happy sad|fast slow|up down|day night|black white|old young|new old|good bad|open closed
full empty|hard soft|light dark|wet dry|clean dirty|early late|loud quiet|strong weak|rich poor|near far|high low
heavy light|thick thin|long short|wide narrow|left right|in out|on off|first last|begin end|give take|buy sell|push pull
laugh cry|love hate|win lose|remember forget|push pull|summer winter|north south|east west|inside outside|above below
before after|always never|easy difficult|cheap expensive|brave afraid|polite rude|kind cruel|true false|right wrong
rough smooth|sweet sour|deep shallow|sharp blunt|safe dangerous|friend enemy|question answer|morning evening|start stop
find lose|float sink|rise fall|sleep wake|tight loose|bright dull|calm angry|busy lazy|success failure|war peace
"""

CAPITALS = """
France Paris|Germany Berlin|Italy Rome|Spain Madrid|England London|China Beijing|Japan Tokyo|India Delhi|Russia Moscow
Egypt Cairo|Kenya Nairobi|Greece Athens|Poland Warsaw|Austria Vienna|Norway Oslo|Sweden Stockholm|Finland Helsinki
Portugal Lisbon|Ireland Dublin|Cuba Havana|Peru Lima|Chile Santiago|Canada Ottawa|Turkey Ankara|Hungary Budapest
Denmark Copenhagen|Belgium Brussels|Thailand Bangkok|Korea Seoul|Iran Tehran|Iraq Baghdad|Nepal Kathmandu
"""
