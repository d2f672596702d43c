// A user's table of actors (CSV or TSV) as rows of actors/institutions.tsv. Pure function of its input.
#pragma once

#include "pack/petrarch.h"

namespace annalist {

/// A header line names the columns: name, and kind or code; any of id, aliases, country, from, to. Comma,
/// semicolon or tab; quotes as in RFC 4180; aliases are separated by ';' or '|'. A row that cannot be read is
/// a fault.
ImportedText import_actor_table(const DataText& table);

}  // namespace annalist
