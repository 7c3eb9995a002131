-- All paths of a file: each once, in the order of the file ("lap"), or one after the other by chance ("walk").

local ffi = require("ffi")
ffi.cdef("int getpid(void); int kill(int process, int signal);")

local INTERRUPT = 2
local requests, place, answered = {}, 0, 0
local lap = false

function init(arguments)
    lap = arguments[2] == "lap"
    math.randomseed(tonumber(arguments[3]))
    for path in io.lines(arguments[1]) do
        requests[#requests + 1] = wrk.format("GET", path)
    end
    if lap then
        response = function(status)
            answered = answered + 1
            if answered == #requests then -- wrk would sleep until its time is over
                ffi.C.kill(ffi.C.getpid(), INTERRUPT)
            end
        end
    end
end

function request()
    if not lap then
        return requests[math.random(#requests)]
    end
    place = place % #requests + 1
    return requests[place]
end
function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        'FOUND {"requests": %d, "bytes": %d, "seconds": %.6f, "p50": %.3f, "p99": %.3f, '
            .. '"refused": %d, "broken": %d}\n',
        summary.requests, summary.bytes, summary.duration / 1e6,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000,
        errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
