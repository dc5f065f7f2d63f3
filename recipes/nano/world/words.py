"""The people and plain words of the world: names, kinds of heroes, traits, feelings. Words only, no sentences."""

# Lists of words are easier to read filled than one a line.
# fmt: off
GIRLS = (
    "Lily", "Mia", "Anna", "Sara", "Emma", "Lucy", "Ella", "Zoe", "Nina", "Rosa", "Amy", "Kate", "Jane", "Sue",
    "Molly", "Grace", "Ruby", "Daisy", "Maya", "Clara", "Alice", "Eva", "Ivy", "Nora", "Lena", "Tina", "Bella",
    "Jill", "Kim", "Amina", "Fatima", "Mei", "Yuki", "Priya", "Leila", "Zara", "Hana", "Sofia", "Elena", "Marta",
    "Polly", "Rose", "Ann", "Mary", "Lola", "Gina", "Wanda", "Dora", "Olga", "Ida", "Freya", "Tess", "Pam", "Nia",
    "Abby", "Holly", "Penny", "Ling", "Asha",
    "Sophie", "Julia", "Laura", "Helen", "Paula", "Greta", "Frida", "Astrid", "Ingrid", "Carmen", "Lucia", "Rita",
    "Vera", "Irina", "Katya", "Aisha", "Salma", "Noor", "Zainab", "Meera", "Anjali", "Lakshmi", "Sakura", "Aiko",
    "Hanako", "Mina", "Soo", "Linh", "Thuy", "Wendy", "Betty", "Carol", "Diana", "Fiona", "Hazel", "Iris", "June",
    "Kira", "Luna", "Mona", "Nelly", "Opal", "Pearl", "Robin", "Stella", "Tilda", "Una", "Viola", "Willow", "Yara",
)
BOYS = (
    "Tom", "Ben", "Sam", "Max", "Tim", "Jack", "Leo", "Dan", "Joe", "Bob", "Peter", "Paul", "Mark", "Luke", "Finn",
    "Noah", "Adam", "Alex", "Eric", "Oscar", "Hugo", "Ivan", "Omar", "Ali", "Raj", "Ken", "Jun", "Wei", "Carlos",
    "Diego", "Pedro", "Mateo", "Felix", "Henry", "Fred", "George", "Harry", "Billy", "Tommy", "Jim", "Nick", "Rob",
    "Will", "Theo", "Otto", "Emil", "Anton", "Karl", "Musa", "Kofi", "Juma", "Bo", "Gus", "Roy", "Sid", "Ned", "Toby",
    "Ravi", "Chen", "Bao",
    "David", "Daniel", "James", "Simon", "Martin", "Victor", "Hans", "Lars", "Nils", "Olaf", "Sven", "Igor", "Boris",
    "Yuri", "Marco", "Luca", "Paolo", "Jorge", "Luis", "Pablo", "Rafael", "Ahmed", "Hassan", "Yusuf", "Tariq",
    "Arjun", "Rohan", "Vikram", "Kenji", "Hiro", "Taro", "Minh", "Lin", "Hao", "Kwame", "Tunde", "Sipho", "Andy",
    "Barney", "Charlie", "Dexter", "Edgar", "Frank", "Gary", "Ian", "Jasper", "Kurt", "Lewis", "Milo", "Oliver",
    "Percy", "Quentin", "Ralph", "Silas", "Tony", "Vince", "Walter", "Zack",
)
ANIMAL_NAMES = (
    "Pip", "Fluffy", "Coco", "Bobo", "Momo", "Tiki", "Lulu", "Nutty", "Spot", "Patch", "Biscuit", "Pepper", "Ginger",
    "Bubbles", "Whiskers", "Sunny", "Button", "Pebble", "Nibbles", "Hoppy", "Dusty", "Misty", "Snowy", "Muffin",
    "Cookie", "Tiny", "Rusty", "Buddy", "Mimi", "Kiki", "Zuzu", "Paws", "Honey", "Peanut", "Tuffy", "Bramble", "Olly",
    "Dot", "Jojo", "Twig",
    "Acorn", "Bean", "Cricket", "Daffy", "Feather", "Goldie", "Hazel", "Inky", "Jumper", "Koko", "Leafy", "Marble",
    "Noodle", "Poppy", "Quill", "Rumble", "Socks", "Thistle", "Velvet", "Waffles", "Yoyo", "Ziggy",
    "Clover", "Doodle", "Fern", "Maple", "Nugget", "Pickle", "Sparky",
)
ANIMAL_HEROES = (
    "rabbit", "cat", "dog", "mouse", "bear", "fox", "frog", "duck", "bird", "squirrel", "turtle", "hedgehog",
    "elephant", "lion", "monkey", "owl", "pig", "goat", "lamb", "pony", "penguin", "fish", "bee", "ant", "snail",
    "deer", "wolf", "parrot", "kitten", "puppy", "hen", "kangaroo", "tiger", "otter", "beaver", "crab",
    "raccoon", "mole", "swan", "crow", "donkey", "zebra", "giraffe", "camel", "seal", "dolphin", "hamster", "sparrow",
    "badger", "toad", "lizard", "rooster", "goose", "panda", "koala", "bat",
)
TRAITS = (
    "kind", "brave", "shy", "curious", "clever", "lazy", "proud", "gentle", "cheerful", "quiet", "greedy", "careful",
    "honest", "funny", "friendly", "lonely", "helpful", "patient", "polite", "bossy", "naughty", "playful", "silly",
    "stubborn", "grumpy", "sleepy", "hungry", "busy", "thoughtful", "hopeful", "selfish",
    "clumsy", "dreamy", "gloomy", "jolly", "loud", "modest", "neat", "nosy", "restless", "serious", "spoiled",
    "stern", "tidy", "timid", "warm-hearted", "wise", "absent-minded", "eager", "fearless", "generous",
)
GOOD_TRAITS = (
    "kind", "brave", "clever", "gentle", "cheerful", "careful", "honest", "funny", "friendly", "helpful", "patient",
    "polite", "thoughtful",
)
SIZES = ("little", "small", "big", "tiny", "young", "old", "tall")
COLOURS = ("red", "blue", "green", "yellow", "white", "black", "brown", "pink", "purple", "orange", "grey", "golden")
LOOKS = (
    "shiny", "old", "new", "soft", "big", "small", "pretty", "round", "broken", "heavy", "light", "clean", "dirty",
    "strange", "lovely", "magic", "wooden", "funny", "bright", "smooth",
    "rusty", "silver", "golden", "striped", "tiny", "huge", "beautiful", "ugly", "dusty", "painted", "crooked",
    "simple", "precious", "curious", "fine", "thin",
)
HAPPY = ("happy", "glad", "proud", "excited", "cheerful", "thankful", "pleased", "delighted")
SAD = ("sad", "lonely", "upset", "sorry", "unhappy", "disappointed", "heartbroken", "miserable")
ANGRY = ("angry", "cross", "mad", "annoyed")
AFRAID = ("afraid", "scared", "worried", "frightened", "nervous")
PLACES = (
    "the park", "the forest", "the garden", "the beach", "the river", "the hill", "the farm", "the market",
    "the school", "the village", "the lake", "the meadow", "the mountain", "the playground", "the library",
    "the shop", "the kitchen", "the yard", "the castle", "the barn", "the woods", "the town", "the field",
    "the bridge", "the old house", "the pond", "the street", "the zoo", "the harbour", "the cave", "the island",
    "the orchard", "the desert", "the train station", "the bakery",
    "the fountain", "the museum", "the mill", "the lighthouse", "the vineyard", "the ice rink", "the waterfall",
    "the swamp", "the stable", "the cellar", "the attic", "the circus", "the fair", "the quarry", "the canal",
    "the town hall", "the tea house", "the greenhouse", "the windmill", "the ruins", "the tower", "the campsite",
    "the church", "the hospital", "the theatre", "the airport", "the post office", "the valley",
)
HOMES = (
    "a small house near the forest", "a tall house in the town", "a little cottage by the river",
    "a village by the sea", "a farm on a hill", "a big city", "a quiet street", "a house with a red door",
    "a small town", "a cosy house with a garden", "a little house at the end of the road", "a flat above the bakery",
    "a village in the mountains", "an old mill", "a white house next to a lake",
)
ANIMAL_HOMES = (
    "a deep forest", "a hole under an old tree", "a green meadow", "a quiet pond", "a warm barn", "a tall tree",
    "a sunny garden", "a cave in the hills", "a farm near the village", "the grass by the river", "a thick bush",
    "a hollow log", "a field of flowers", "the jungle", "an island",
)
KEEPSAKES = (
    "ball", "doll", "kite", "book", "hat", "toy car", "teddy bear", "drum", "bell", "ring", "key", "shell", "stone",
    "cup", "lamp", "box", "map", "flute", "boat", "coin", "scarf", "basket", "ribbon", "feather", "button",
    "bracelet", "umbrella", "mirror", "puzzle", "balloon", "whistle", "blanket", "watch", "necklace", "paintbrush",
    "bicycle", "bag", "robot", "toy train", "top", "marble", "guitar", "jar", "lantern", "spoon", "coat",
    "pair of boots", "pair of gloves", "wooden horse", "music box",
    "compass", "telescope", "spinning wheel", "paper plane", "candle", "mug", "pillow", "sword", "shield", "crown",
    "locket", "postcard", "diary", "purse", "trumpet", "violin", "yo-yo", "snow globe", "magnet", "pencil case",
    "hammer", "ladder", "clock", "cushion", "mask", "cape", "sleigh", "pebble", "pine cone", "pinwheel",
    "sailing boat", "skipping rope", "photo", "letter", "chess board", "tent", "net", "bucket", "vase",
)
FOODS = (
    "apple", "cake", "cookie", "sandwich", "banana", "pear", "pie", "carrot", "piece of cheese", "bowl of soup",
    "piece of bread", "orange", "jar of honey", "bag of nuts", "bunch of grapes", "pancake", "bowl of rice",
    "plate of noodles", "peach", "muffin", "cup of cocoa", "egg", "strawberry", "slice of melon", "bag of plums",
    "bowl of porridge", "slice of pizza", "piece of chocolate", "bowl of salad", "baked potato", "fried egg",
    "waffle", "doughnut", "dumpling", "plate of pasta", "lemon tart", "cherry", "tomato", "mushroom pie",
    "bowl of ice cream", "jar of jam", "bread roll", "pretzel", "roast chestnut", "mango", "pineapple",
    "glass of milk", "cup of tea", "fish pie", "bag of popcorn", "bunch of radishes",
)
RELATIVES = (
    ("mother", "she", "her", "her"), ("father", "he", "him", "his"), ("grandmother", "she", "her", "her"),
    ("grandfather", "he", "him", "his"), ("sister", "she", "her", "her"), ("brother", "he", "him", "his"),
    ("aunt", "she", "her", "her"), ("uncle", "he", "him", "his"), ("teacher", "she", "her", "her"),
    ("neighbour", "he", "him", "his"),
)
WEATHER = ("sunny", "rainy", "windy", "snowy", "cloudy", "warm", "cold", "foggy", "hot", "stormy")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)
SEASONS = ("spring", "summer", "autumn", "winter")
# fmt: on
