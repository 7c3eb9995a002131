-- Requests at a rate that is told: each connection waits so many milliseconds before each of its own.

local pause = 10

function init(arguments)
    pause = tonumber(arguments[1]) or pause
end

function delay()
    return pause
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
