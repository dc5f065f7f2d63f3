"""What things consist of: own knowledge, written by hand; the names are those of the other tables."""

PARTS = """
dog: a tail, paws|cat: whiskers, a tail|cow: horns, a tail|horse: a mane, hooves|pig: a snout, a curly tail|sheep: wool, hooves|goat: horns, a beard
hen: wings, a beak|duck: wings, a beak|goose: wings, a long neck|rabbit: long ears, a short tail|mouse: small ears, a long tail|lion: a mane, claws
tiger: stripes, claws|bear: thick fur, claws|wolf: sharp teeth, fur|fox: a bushy tail, fur|deer: antlers, hooves|elephant: a trunk, tusks|giraffe: a long neck, spots
zebra: stripes, hooves|monkey: hands, a long tail|kangaroo: a pouch, strong legs|camel: a hump, long legs|donkey: long ears, hooves|squirrel: a bushy tail, claws
hedgehog: spines, a small nose|bat: wings, big ears|beaver: a flat tail, strong teeth|seal: fins, whiskers|whale: fins, a big mouth|dolphin: fins, a long snout
shark: fins, sharp teeth|octopus: arms, soft skin|crab: claws, a shell|fish: fins, scales|frog: long legs, wet skin|snake: scales, a long body|crocodile: scales, sharp teeth
turtle: a shell, flippers|tortoise: a shell, short legs|penguin: wings, a beak|owl: big eyes, wings|eagle: wings, sharp claws|parrot: feathers, a beak|swan: a long neck, wings
peacock: long feathers, wings|bee: wings, a sting|butterfly: wings, feelers|snail: a shell, feelers|rhino: a horn, thick skin|apple: a core, a skin|orange: a peel, juice
cherry: a stone, a stem|peach: a stone, a skin|nut: a shell, a seed|egg: a shell, a yolk|rose: thorns, leaves|sunflower: a long stem, seeds|oak: a trunk, branches
pine: needles, cones|palm: a trunk, big leaves|cactus: spines, flowers|car: wheels, doors|bus: wheels, seats|train: wheels, windows|truck: wheels, doors
bicycle: wheels, pedals|boat: a sail, oars|ship: a deck, an anchor|plane: wings, an engine|helicopter: blades, an engine|rocket: an engine, a window|tractor: big wheels, an engine
hammer: a handle, a head|saw: a handle, teeth|spade: a handle, a blade|axe: a handle, a blade|broom: a long handle, bristles|brush: bristles, a handle|knife: a handle, a blade
bucket: a handle, a bottom|bottle: a neck, a bottom|cup: a handle, a rim|pot: a lid, a handle|chair: legs, a seat|table: legs, a top|bed: a pillow, a blanket
sofa: cushions, legs|desk: drawers, legs|lamp: a bulb, a shade|hat: a brim, a ribbon|coat: sleeves, buttons|shirt: sleeves, a collar|shoe: a sole, laces
umbrella: a handle, ribs|kite: a tail, a string|guitar: strings, a neck|piano: keys, pedals|violin: strings, a bow|book: pages, a cover|pencil: a point, a lead
clock: hands, numbers|watch: hands, a strap|phone: buttons, a screen|computer: keys, a screen|camera: a lens, a button|candle: a wick, wax|house: rooms, a roof
school: classrooms, a yard|church: a tower, windows|castle: towers, walls|hand: fingers, a thumb|foot: toes, a heel|mouth: lips, teeth
suitcase: a handle, a lock|door: a handle, a lock|window: a frame, glass|scooter: wheels, a handle|cart: wheels, a handle|wheelbarrow: a wheel, handles|kettle: a lid, a spout
"""
