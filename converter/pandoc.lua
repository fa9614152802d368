-- Converts many texts in one process: pandoc lua pandoc.lua READER WRITER REQUESTS ANSWERS
--
-- REQUESTS holds texts, each behind a line with its length in bytes. ANSWERS receives as many
-- results in the same order, each behind a line "ok LENGTH" or "error LENGTH".

local reader, writer, requests, answers = table.unpack(arg)
local options = pandoc.WriterOptions { wrap_text = 'none' }
-- What was said about a Word document, and struck out of it, is read too.
local reading = { track_changes = 'all-changes' }

-- The empty list keeps the reader from all files and from the network.
local function convert(text)
  return pandoc.write(pandoc.read(text, reader, reading, {}), writer, options)
end

local source = assert(io.open(requests, 'rb'))
local target = assert(io.open(answers, 'wb'))
for length in source:lines() do
  local done, result = pcall(convert, source:read(tonumber(length)) or '')
  result = tostring(result)
  target:write(done and 'ok ' or 'error ', #result, '\n', result)
end
target:close()
