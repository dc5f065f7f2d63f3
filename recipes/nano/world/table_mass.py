"""The nouns of the tables that are not counted."""

MASS_NOUNS = """
bread, cheese, butter, honey, chocolate, rice, soup, milk, water, tea, coffee, juice, lemonade, corn, soap, lettuce, spinach
garlic, jam, sugar, salt, flour, yogurt, cocoa, glue, medicine, bamboo, grass, ivy, moss, wheat, salad
broccoli, celery, asparagus, kale, ginger, okra, taro, spaghetti, fried rice, sushi, curry, stew, porridge, mashed potato
tomato soup, pea soup, noodle soup, cereal, paella, lasagne, roast duck, ice cream, candy, jelly, caramel, gingerbread
chewing gum, candy floss, toffee, maple syrup, pudding, orange juice, apple juice, tomato juice, cola, soy milk, green tea
wine, beer, coconut water, iced tea, oil, vinegar, mustard, ketchup, mayonnaise, soy sauce, cream, ham, bacon, toast, pasta, tofu
peanut butter, popcorn, cinnamon, lavender, clover, seaweed, barley, rye, sugar cane, holly, mistletoe, aloe
mint, basil, parsley, dill, rosemary, thyme, sage, coriander, chamomile, jasmine, lilac
rain, snow, hail, wind, fog, thunder, lightning, frost, sunshine, dew
wood, metal, gold, copper, steel, plastic, rubber, wool, cotton, silk, leather, clay, brick, stone, paper, wax, concrete, sand
straw, cardboard, coal, wire, ice, chalk, shampoo, toothpaste, hair, skin, blood
tennis, swimming, skiing, boxing, golf, judo, karate, badminton, surfing, chess, ice hockey, gymnastics
"""
