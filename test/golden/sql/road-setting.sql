select use_speeds as "useSpeeds", learned_day::text as "learnedDay"
from road_setting
for update
