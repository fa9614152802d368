-- Converts texts for as long as somebody asks: pandoc lua pandoc.lua
--
-- Standard input holds requests, each a line "READER WRITER LENGTH" and behind it a text of that
-- many bytes. Standard output receives as many answers, each a line "ok LENGTH MEDIA" or "error
-- LENGTH MEDIA" and behind it what the text was converted to, or what is wrong with it; then as
-- many times as there were MEDIA in the text a line "LENGTH LENGTH", a name and a file.

local options = pandoc.WriterOptions { wrap_text = 'none' }
-- Without its template, an OpenDocument file would be no XML.
local whole = pandoc.WriterOptions {
  wrap_text = 'none',
  template = pandoc.template.compile(pandoc.template.default('opendocument')),
}
-- What was said about a Word document, and struck out of it, is read too.
local reading = { track_changes = 'all-changes' }

-- The empty list keeps the reader from all files and from the network.
local function convert(text, reader, writer)
  local document = pandoc.read(text, reader, reading, {})
  return pandoc.write(document, writer, writer == 'odt' and whole or options)
end

io.stdout:setvbuf('full')
for request in io.lines() do
  local reader, writer, length = request:match('^(%S+) (%S+) (%d+)$')
  local text = tonumber(length) > 0 and io.read(tonumber(length)) or ''
  local done, result = pcall(convert, text, reader, writer)
  result = tostring(result)
  io.write(done and 'ok ' or 'error ', #result, ' ', #pandoc.mediabag.list(), '\n', result)
  for name, _, content in pandoc.mediabag.items() do
    io.write(#name, ' ', #content, '\n', name, content)
  end
  io.flush()
  -- Pictures of one text must not stay for the next.
  pandoc.mediabag.empty()
end
