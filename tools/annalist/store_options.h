// What the commands over a store share: its flags made from the filter vocabulary, opening, selections.
#pragma once

#include <vector>

#include "options.h"
#include "store/store.h"

namespace annalist::tool {

/// The flags of a selection (--type, --date ...), made from store::filter_keys(), after `others`.
std::vector<Flag> filter_flags(std::vector<Flag> others);

/// Opens the store that the first input names.
Result<Store> open_store(const Options& options, Store::Mode mode);

/// The selection of the command line. --as-of and --since take a revision or a day.
Result<store::EventFilter> read_filter(const Options& options, Store& store);

/// A whole number option within bounds.
Result<std::size_t> read_number(const Options& options, std::string_view name, std::size_t otherwise);

}  // namespace annalist::tool
