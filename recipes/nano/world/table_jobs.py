"""Jobs: own knowledge, written by hand; no two do the same work, so that one can ask who does it."""

# job | what they do | where they work | what they work with
JOBS = """
baker|bake bread|bakery|oven
teacher|teach children|school|book
doctor|help sick people|hospital|medicine
nurse|care for sick people|hospital|bandage
farmer|grow food|farm|tractor
cook|make meals|kitchen|pan
driver|drive a bus|road|bus
pilot|fly planes|plane|plane
sailor|sail ships|sea|ship
firefighter|put out fires|fire station|fire engine
builder|build houses|building site|brick
painter|paint pictures|studio|paintbrush
singer|sing songs|stage|microphone
tailor|sew clothes|shop|needle
gardener|grow flowers|garden|watering can
fisherman|catch fish|sea|net
dentist|look after teeth|clinic|-
vet|help sick animals|clinic|medicine
writer|write books|desk|pen
butcher|sell meat|shop|knife
carpenter|make things of wood|workshop|saw
postman|bring letters|street|bicycle
librarian|look after books|library|book
waiter|serve food|restaurant|tray
mechanic|repair cars|garage|spanner
shepherd|look after sheep|meadow|dog
miner|dig for coal|mine|pickaxe
judge|decide in court|court|-
astronaut|travel in space|space|rocket
barber|cut hair|shop|pair of scissors
dancer|dance|stage|-
actor|play a part in a film|theatre|-
musician|play music|concert hall|violin
conductor|lead an orchestra|concert hall|baton
clown|make people laugh|circus|-
magician|do magic tricks|theatre|wand
photographer|take photos|studio|camera
journalist|write the news|office|computer
secretary|answer letters|office|computer
scientist|study nature|laboratory|microscope
astronomer|study the stars|observatory|telescope
chemist|mix chemicals|laboratory|test tube
pharmacist|sell medicine|pharmacy|medicine
surgeon|operate on people|hospital|knife
optician|test eyes|clinic|pair of glasses
police officer|catch thieves|police station|whistle
soldier|defend the country|army camp|-
guard|watch a gate|gate|torch
detective|solve crimes|office|magnifying glass
lawyer|explain the law|court|-
president|lead a country|palace|-
mayor|lead a city|town hall|-
king|rule a kingdom|castle|crown
plumber|repair pipes|bathroom|spanner
electrician|repair electric wires|house|screwdriver
roofer|repair roofs|roof|ladder
bricklayer|build walls|building site|brick
blacksmith|make horseshoes|forge|hammer
potter|make clay pots|workshop|clay
weaver|weave cloth|workshop|loom
shoemaker|make shoes|workshop|needle
jeweller|make rings|shop|gold
watchmaker|repair watches|workshop|screwdriver
glazier|put in windows|workshop|glass
cleaner|clean rooms|office|broom
street sweeper|sweep the streets|street|broom
window cleaner|clean windows|street|ladder
dustman|take away the rubbish|street|truck
florist|sell flowers|shop|vase
grocer|sell vegetables|market|scales
cashier|take the money|supermarket|till
fishmonger|sell fish|market|ice
beekeeper|look after bees|garden|hive
zookeeper|look after wild animals|zoo|bucket
jockey|ride racehorses|race track|saddle
lumberjack|cut down trees|forest|axe
forester|look after the forest|forest|-
hunter|hunt deer|forest|gun
diver|dive in the sea|sea|diving mask
lifeguard|save swimmers|beach|whistle
coach|train a team|stadium|whistle
footballer|play football|stadium|football
swimmer|swim races|swimming pool|swimsuit
train driver|drive trains|railway|train
taxi driver|drive a taxi|city|taxi
lorry driver|drive a truck|road|truck
captain|lead a ship|ship|map
flight attendant|look after passengers|plane|-
porter|carry suitcases|hotel|trolley
engineer|plan machines|office|computer
architect|draw plans of houses|office|ruler
programmer|write computer programs|office|computer
banker|look after money|bank|computer
translator|turn words into another language|office|dictionary
poet|write poems|desk|pen
composer|write music|desk|piano
sculptor|make statues|studio|chisel
model|show new clothes|stage|-
guide|show visitors the way|museum|map
geographer|draw maps|office|map
"""
