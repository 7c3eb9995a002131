-- One who means no good: addresses that do not exist, and odd fields and queries for those that do.

local paths, threads = {}, {}
failures = 0 -- of this thread; read when it has ended

function setup(thread)
    threads[#threads + 1] = thread
end

function init(arguments)
    math.randomseed(tonumber(arguments[2]))
    for path in io.lines(arguments[1]) do
        paths[#paths + 1] = path
    end
end

local function word()
    local letters = {}
    for place = 1, math.random(3, 60) do
        letters[place] = string.char(math.random(97, 122))
    end
    return table.concat(letters)
end

local function any()
    return paths[math.random(#paths)]
end

local KINDS = {
    function() return wrk.format("GET", "/feeds/topics/" .. word() .. ".atom") end,
    function() return wrk.format("GET", "/feeds/topics/" .. word() .. "/regions/" .. word() .. ".rss") end,
    function() return wrk.format("GET", "/" .. word() .. "/" .. word()) end,
    function() return wrk.format("GET", any() .. "." .. word()) end,
    function() return wrk.format("GET", any() .. "?" .. word() .. "=" .. word()) end,
    function() return wrk.format("GET", any(), { ["Accept-Encoding"] = word() .. ", " .. word() .. ";q=0." .. math.random(9) }) end,
    function() return wrk.format("GET", any(), { ["If-None-Match"] = '"' .. word() .. '"' }) end,
}

function request()
    return KINDS[math.random(#KINDS)]()
end

function response(status)
    if status >= 500 then
        failures = failures + 1
    end
end

function done(summary, latency, requests)
    local errors, failed = summary.errors, 0
    for _, thread in ipairs(threads) do
        failed = failed + thread:get("failures")
    end
    io.write(string.format(
        'FOUND {"requests": %d, "bytes": %d, "seconds": %.6f, "p50": %.3f, "p99": %.3f, '
            .. '"refused": %d, "broken": %d}\n',
        summary.requests, summary.bytes, summary.duration / 1e6,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000,
        failed, errors.connect + errors.read + errors.write + errors.timeout))
end
