-- wrk: GET <prefix><id> of random users. Arguments: the prefix, and the highest ID (0: no ID).
-- Every run asks for the same IDs in the same order: the seed is the thread's number.

local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("seed", threads)
end

function init(arguments)
  math.randomseed(seed)
  prefix = arguments[1]
  highest = tonumber(arguments[2])
end

function request()
  if highest == 0 then
    return wrk.format("GET", prefix)
  end
  return wrk.format("GET", prefix .. math.random(highest))
end

-- One line for .ci/bench: requests per second, then answers that were errors or never came.
function done(summary, latency, requests)
  local failed = summary.errors
  io.write(string.format("result %.0f %d\n", summary.requests * 1e6 / summary.duration,
    failed.connect + failed.read + failed.write + failed.status + failed.timeout))
end
