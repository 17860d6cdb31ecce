-- Sends the lines of BENCH_LINES_TSV in turn: method, path, token, version, body. Prints one RESULT line at the end.
local lines, at = {}, tonumber(os.getenv("BENCH_SEED") or "0")
for line in io.lines(os.getenv("BENCH_LINES_TSV")) do
  local method, path, token, version, body = line:match("([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)")
  lines[#lines + 1] = {method, "/api/v1" .. path, token, version, body}
end
local made, prefix = 0, os.time() .. "-" .. at .. "-"
request = function()
  at = at % #lines + 1
  local line = lines[at]
  local headers = {["Authorization"] = "Bearer " .. line[3]}
  if line[1] ~= "GET" then
    headers["Content-Type"] = "application/json"
    made = made + 1
    headers["Idempotency-Key"] = prefix .. made
    if line[4] ~= "" then headers["If-Match"] = '"' .. line[4] .. '"' end
    return wrk.format(line[1], line[2], headers, line[5])
  end
  return wrk.format(line[1], line[2], headers)
end
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
