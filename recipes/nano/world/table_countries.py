"""Countries and climates: own knowledge, written by hand; "-" where a child's answer would not be one clear word."""

# country | capital | continent | language | climate | a food that people like there | an animal that lives there
COUNTRIES = """
France|Paris|Europe|French|mild|cheese|-
Germany|Berlin|Europe|German|mild|sausages|-
Italy|Rome|Europe|Italian|warm and sunny|pizza|-
Spain|Madrid|Europe|Spanish|warm and sunny|paella|bull
England|London|Europe|English|cool and rainy|fish and chips|robin
China|Beijing|Asia|Chinese|-|dumplings|panda
Japan|Tokyo|Asia|Japanese|mild|sushi|crane
India|New Delhi|Asia|Hindi|hot and rainy|curry|tiger
Russia|Moscow|-|Russian|cold|pancakes|bear
Egypt|Cairo|Africa|Arabic|hot and dry|beans|camel
Kenya|Nairobi|Africa|Swahili|hot and dry|corn|lion
Greece|Athens|Europe|Greek|warm and sunny|olives|goat
Poland|Warsaw|Europe|Polish|mild|dumplings|stork
Austria|Vienna|Europe|German|mild|cake|-
Norway|Oslo|Europe|Norwegian|cold|fish|moose
Sweden|Stockholm|Europe|Swedish|cold|meatballs|moose
Finland|Helsinki|Europe|Finnish|cold|-|reindeer
Portugal|Lisbon|Europe|Portuguese|warm and sunny|fish|-
Ireland|Dublin|Europe|English|cool and rainy|stew|sheep
Cuba|Havana|North America|Spanish|hot and rainy|beans|-
Peru|Lima|South America|Spanish|-|potatoes|llama
Chile|Santiago|South America|Spanish|-|-|-
Canada|Ottawa|North America|-|cold|pancakes|beaver
Turkey|Ankara|-|Turkish|-|kebab|-
Hungary|Budapest|Europe|Hungarian|mild|stew|-
Denmark|Copenhagen|Europe|Danish|cool and rainy|-|-
Belgium|Brussels|Europe|-|mild|waffles|-
Thailand|Bangkok|Asia|Thai|hot and rainy|rice|elephant
South Korea|Seoul|Asia|Korean|mild|pickled cabbage|-
Iran|Tehran|Asia|Persian|hot and dry|kebab|-
Iraq|Baghdad|Asia|Arabic|hot and dry|dates|-
Nepal|Kathmandu|Asia|Nepali|-|lentils|yak
Scotland|Edinburgh|Europe|English|cool and rainy|porridge|sheep
Switzerland|Bern|Europe|-|mild|cheese|cow
Iceland|Reykjavik|Europe|Icelandic|cold|fish|pony
Ukraine|Kyiv|Europe|Ukrainian|mild|beet soup|-
Romania|Bucharest|Europe|Romanian|mild|-|bear
Bulgaria|Sofia|Europe|Bulgarian|mild|yogurt|-
Croatia|Zagreb|Europe|Croatian|warm and sunny|fish|-
Mongolia|Ulaanbaatar|Asia|Mongolian|cold|meat|horse
Pakistan|Islamabad|Asia|Urdu|hot and dry|curry|-
Bangladesh|Dhaka|Asia|Bengali|hot and rainy|rice|tiger
Vietnam|Hanoi|Asia|Vietnamese|hot and rainy|noodle soup|buffalo
Malaysia|Kuala Lumpur|Asia|Malay|hot and rainy|rice|orangutan
Indonesia|Jakarta|Asia|Indonesian|hot and rainy|fried rice|orangutan
Saudi Arabia|Riyadh|Asia|Arabic|hot and dry|dates|camel
Jordan|Amman|Asia|Arabic|hot and dry|-|camel
Morocco|Rabat|Africa|Arabic|hot and dry|couscous|camel
Tanzania|Dodoma|Africa|Swahili|hot and dry|corn|giraffe
Ethiopia|Addis Ababa|Africa|Amharic|-|flat bread|-
Nigeria|Abuja|Africa|English|hot and rainy|rice|-
Ghana|Accra|Africa|English|hot and rainy|-|-
Uganda|Kampala|Africa|English|hot and rainy|bananas|gorilla
Madagascar|Antananarivo|Africa|Malagasy|hot and rainy|rice|lemur
Senegal|Dakar|Africa|French|hot and dry|fish|-
Botswana|Gaborone|Africa|English|hot and dry|-|zebra
America|Washington|North America|English|-|hamburgers|eagle
Mexico|Mexico City|North America|Spanish|hot and dry|tacos|-
Jamaica|Kingston|North America|English|hot and rainy|-|-
Costa Rica|San Jose|North America|Spanish|hot and rainy|beans|sloth
Brazil|Brasilia|South America|Portuguese|hot and rainy|beans|toucan
Argentina|Buenos Aires|South America|Spanish|mild|steak|-
Uruguay|Montevideo|South America|Spanish|mild|steak|cow
Ecuador|Quito|South America|Spanish|-|bananas|tortoise
Colombia|Bogota|South America|Spanish|hot and rainy|-|-
Venezuela|Caracas|South America|Spanish|hot and rainy|-|-
Australia|Canberra|Oceania|English|hot and dry|pies|kangaroo
New Zealand|Wellington|Oceania|English|mild|-|sheep
"""

# climate | what people wear there | what grows there | what they need most | how much it snows or rains
CLIMATES = """
hot and dry|a sun hat|date palms|water|it almost never rains
hot and rainy|light clothes|bananas|an umbrella|it rains very often
warm and sunny|sunglasses|olives|shade|the sun shines almost every day
mild|a light jacket|wheat|a warm house in winter|it is not too hot and not too cold
cool and rainy|a raincoat|grass|an umbrella|it rains often
cold|a thick coat|pine trees|a warm stove|it snows for many months
"""
