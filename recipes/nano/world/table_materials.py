"""Materials, and the year: what is true of what is made of them, and what each season brings; written by hand.

A rule of a material holds for things made of it too; "only itself" marks one that need not (a ship of metal swims).
"""

# material | holds (yes, not) | what | in Chinese | exceptions
MATERIALS = """
glass|yes|break when it falls|掉下来会碎|only itself
glass|yes|be hard|是硬的|-
glass|yes|let light through|能透光|mirror, bottle, vase
glass|not|burn|会燃烧|-
glass|not|be soft|是软的|-
wood|yes|burn|会燃烧|-
wood|yes|float on water|能浮在水上|only itself
wood|yes|come from trees|来自树木|-
wood|yes|can be sawn|可以锯开|-
wood|not|melt|会融化|-
metal|yes|be hard|是硬的|wire, chain, zip
metal|yes|conduct heat|能传热|-
metal|yes|sink in water|会沉到水里|only itself
metal|not|burn|会燃烧|-
metal|not|be soft|是软的|wire
paper|yes|burn|会燃烧|-
paper|yes|be light|很轻|book, textbook, dictionary
paper|yes|can be torn|可以撕破|box, puzzle
paper|yes|get soft when it is wet|湿了会变软|-
paper|yes|come from trees|来自树木|-
paper|not|be heavy|很重|book, textbook, dictionary
stone|yes|be hard|是硬的|cave, canyon
stone|yes|be heavy|很重|mountain, cave, volcano, cliff, canyon
stone|yes|sink in water|会沉到水里|only itself
stone|not|burn|会燃烧|-
stone|not|float on water|能浮在水上|only itself
brick|yes|be hard|是硬的|-
brick|yes|be heavy|很重|-
brick|not|burn|会燃烧|-
brick|not|be soft|是软的|-
plastic|yes|be light|很轻|only itself
plastic|yes|keep out water|能防水|only itself
plastic|yes|melt when it is very hot|很热时会融化|-
plastic|not|come from animals|来自动物|-
rubber|yes|be stretchy|有弹性|boot, tyre, wheel, ball, basketball, eraser
rubber|yes|keep out water|能防水|only itself
rubber|not|break when it falls|掉下来会碎|-
rubber|not|rust|会生锈|-
wool|yes|be soft|是软的|-
wool|yes|be warm|很保暖|-
wool|yes|come from sheep|来自绵羊|-
wool|not|be hard|是硬的|-
wool|not|break when it falls|掉下来会碎|-
cotton|yes|be soft|是软的|-
cotton|yes|come from plants|来自植物|-
cotton|yes|can be washed|可以洗|bandage
cotton|not|be hard|是硬的|-
cotton|not|break when it falls|掉下来会碎|-
cloth|yes|be soft|是软的|umbrella
cloth|yes|can be folded|可以折叠|sofa, doll, teddy bear, pram, deckchair
cloth|yes|can be cut|可以剪开|-
cloth|not|break when it falls|掉下来会碎|-
silk|yes|be smooth|很光滑|-
silk|yes|come from silkworms|来自蚕|-
silk|yes|be light|很轻|-
silk|not|be hard|是硬的|-
leather|yes|come from animals|来自动物|-
leather|yes|be strong|很结实|-
leather|not|break when it falls|掉下来会碎|-
leather|not|grow on trees|长在树上|-
clay|yes|break when it falls|掉下来会碎|brick
clay|yes|be baked in fire|要用火烧|-
clay|not|burn|会燃烧|-
gold|yes|be shiny|很闪亮|-
gold|yes|be heavy|很重|only itself
gold|yes|cost much money|很贵|-
gold|not|rust|会生锈|-
silver|yes|be shiny|很闪亮|-
silver|yes|cost much money|很贵|-
silver|not|burn|会燃烧|-
straw|yes|burn|会燃烧|-
straw|yes|be light|很轻|-
straw|not|be heavy|很重|-
wax|yes|melt when it is warm|遇热会融化|-
wax|yes|be smooth|很光滑|-
wax|not|be very hard|很坚硬|-
rope|yes|be strong|很结实|-
rope|yes|burn|会燃烧|-
rope|not|break when it falls|掉下来会碎|-
ice|yes|be cold|是冷的|-
ice|yes|melt in the sun|在太阳下会融化|-
ice|yes|float on water|能浮在水上|only itself
ice|not|burn|会燃烧|-
"""

# season | months | weather | what people do | what they wear | what nature does
SEASONS = """
spring|March, April, May|warm|plant seeds|a light jacket|flowers begin to bloom
summer|June, July, August|hot|swim in the sea|a T-shirt|fruit grows sweet
autumn|September, October, November|cool|gather the harvest|a sweater|leaves fall from the trees
winter|December, January, February|cold|build snowmen|a thick coat|snow covers the ground
"""
