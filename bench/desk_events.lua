-- wrk asks for any event of a store that bench/desk_store.py filled: few are asked for twice.
--   wrk -t1 -c50 -d6s --latency -s bench/desk_events.lua http://127.0.0.1:8765
request = function() return wrk.format("GET", "/v1/events/~" .. (2 * math.random(20, 100000))) end
