-- wrk: PUT <prefix><id> of random users. Arguments: the prefix, and the highest ID.

local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("seed", threads)
end

function init(arguments)
  math.randomseed(seed)
  prefix = arguments[1]
  highest = tonumber(arguments[2])
  headers = {["Content-Type"] = "application/json"}
end

function request()
  local id = math.random(highest)
  local body = string.format('{"name":"User %d","age":%d,"email":"user%d@example.com"}', id, id % 100, id)
  return wrk.format("PUT", prefix .. id, headers, body)
end

-- One line: requests per second, then answers that were errors or never came.
function done(summary, latency, requests)
  local failed = summary.errors
  io.write(string.format("result %.0f %d\n", summary.requests * 1e6 / summary.duration,
    failed.connect + failed.read + failed.write + failed.status + failed.timeout))
end
