"""Opposites: own knowledge, written by hand."""

OPPOSITES = """
hot cold|big small|tall short|happy sad|fast slow|up down|day night|black white|old young|new old|good bad|open closed
full empty|hard soft|light dark|wet dry|clean dirty|early late|loud quiet|strong weak|rich poor|near far|high low
heavy light|thick thin|long short|wide narrow|left right|in out|on off|first last|begin end|give take|buy sell|push pull
laugh cry|love hate|win lose|remember forget|push pull|summer winter|north south|east west|inside outside|above below
before after|always never|easy difficult|cheap expensive|brave afraid|polite rude|kind cruel|true false|right wrong
rough smooth|sweet sour|deep shallow|sharp blunt|safe dangerous|friend enemy|question answer|morning evening|start stop
find lose|float sink|rise fall|sleep wake|tight loose|bright dull|calm angry|busy lazy|success failure|war peace
"""
