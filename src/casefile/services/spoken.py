"""Words to read a key's fingerprint aloud with: one a byte, 256 in all; the list never changes."""

from typing import Final

_LIST: Final = """
acorn actor album amber angle ankle apple april apron arrow atlas attic autumn badge baker bamboo
banana barley basin basket beacon beaver bishop bitter blanket blossom border bottle branch brick
bridge brother bucket butter button cabin cactus camel candle canvas carbon cargo carpet castle
cattle cedar cellar chalk cherry chimney circle clover coffee comet copper coral corner cotton
cousin cradle crayon cricket crystal curtain dagger daisy dancer desert diamond dinner dolphin
donkey dragon drawer drummer eagle early easel echo elbow elder ember empty engine evening fabric
falcon farmer father feather fence ferry fiddle finger flame flower forest fossil fountain fox
frozen furnace galaxy garden garlic giant ginger glacier glove goblet granite grape guitar hammer
harbor harvest hazel helmet heron hollow honey hornet horse hunter iceberg icon indigo insect
island ivory jacket jaguar jasmine jelly jigsaw jungle kettle kidney kingdom kitchen kitten ladder
lagoon lantern laurel lemon leopard letter lily lizard lobster locket lotus lumber magnet mango
maple marble market meadow medal melon metal midnight mirror monkey morning mother mountain museum
mustard napkin needle nephew nickel noodle north notebook nugget nutmeg oasis ocean olive onion
orange orbit orchard otter oyster paddle palace panda paper parrot pebble pencil pepper piano
pigeon pillow pilot planet plaster pocket poem pony poplar potato prairie pumpkin puzzle quarry
quartz quilt rabbit raccoon radio raven ribbon river robin rocket ruby saddle saffron salmon
sandal scarlet shadow shovel silver sister snow spider spoon squirrel statue summer sunset table
teapot temple thimble thunder tiger timber tomato trumpet tulip tunnel turtle umbrella valley
velvet village violin
"""
WORDS: Final = tuple(_LIST.split())
