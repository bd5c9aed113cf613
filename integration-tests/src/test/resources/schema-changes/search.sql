-- Text search.
CREATE TEXT SEARCH TEMPLATE words (LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY plain (TEMPLATE = simple, StopWords = 'english');
CREATE TEXT SEARCH PARSER cutter (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH CONFIGURATION notes (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION notes ADD MAPPING FOR asciiword, word WITH plain, english_stem;

--- text search template public.words | removed
DROP TEXT SEARCH TEMPLATE words;

--- text search template public.words | init
DROP TEXT SEARCH TEMPLATE words;
CREATE TEXT SEARCH TEMPLATE words (INIT = dsimple_init, LEXIZE = dsimple_lexize);

--- text search template public.words | lexize
DROP TEXT SEARCH TEMPLATE words;
CREATE TEXT SEARCH TEMPLATE words (LEXIZE = dispell_lexize);

--- text search template public.words | comment
COMMENT ON TEXT SEARCH TEMPLATE words IS 'as they are';

--- text search dictionary public.rude | added
CREATE TEXT SEARCH DICTIONARY rude (TEMPLATE = simple);

--- text search dictionary public.plain | options
ALTER TEXT SEARCH DICTIONARY plain (StopWords = 'german');

--- text search dictionary public.plain | options
ALTER TEXT SEARCH DICTIONARY plain (StopWords);

--- text search dictionary public.later | added
CREATE TEXT SEARCH DICTIONARY later (TEMPLATE = words);

--- text search dictionary public.plain | comment
COMMENT ON TEXT SEARCH DICTIONARY plain IS 'no stemming';

--- text search dictionary public.plain | owner
ALTER TEXT SEARCH DICTIONARY plain OWNER TO schema_writer;

--- text search parser public.cutter | removed
DROP TEXT SEARCH PARSER cutter;

--- text search parser public.cutter | headline
DROP TEXT SEARCH PARSER cutter;
CREATE TEXT SEARCH PARSER cutter (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype,
    HEADLINE = prsd_headline);

--- text search parser public.cutter | comment
COMMENT ON TEXT SEARCH PARSER cutter IS 'the default by another name';

--- text search configuration public.notes | removed
DROP TEXT SEARCH CONFIGURATION notes;

--- text search configuration public.notes | mappings
ALTER TEXT SEARCH CONFIGURATION notes ADD MAPPING FOR email WITH plain;

--- text search configuration public.notes | mappings
ALTER TEXT SEARCH CONFIGURATION notes DROP MAPPING FOR word;

--- text search configuration public.notes | mappings
ALTER TEXT SEARCH CONFIGURATION notes ALTER MAPPING FOR word WITH english_stem, plain;

--- text search configuration public.notes | mappings
ALTER TEXT SEARCH CONFIGURATION notes ALTER MAPPING REPLACE english_stem WITH german_stem;

--- text search configuration public.notes | parser
DROP TEXT SEARCH CONFIGURATION notes;
CREATE TEXT SEARCH CONFIGURATION notes (PARSER = cutter);
ALTER TEXT SEARCH CONFIGURATION notes ADD MAPPING FOR word WITH plain, english_stem;
ALTER TEXT SEARCH CONFIGURATION notes ADD MAPPING FOR asciiword WITH plain, english_stem;

--- text search configuration public.notes | comment
COMMENT ON TEXT SEARCH CONFIGURATION notes IS 'what was said';

--- text search configuration public.notes | owner
ALTER TEXT SEARCH CONFIGURATION notes OWNER TO schema_writer;

--- schema texts | added
--- text search configuration public.notes | removed
--- text search configuration texts.notes | added
CREATE SCHEMA texts;
ALTER TEXT SEARCH CONFIGURATION notes SET SCHEMA texts;
