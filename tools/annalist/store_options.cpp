#include "store_options.h"

#include <algorithm>
#include <charconv>
#include <deque>

#include "base/date.h"
#include "base/strings.h"

namespace annalist::tool {
namespace {

std::string flag_name(std::string_view key) {
  std::string out = "--" + std::string(key);
  std::ranges::replace(out, '_', '-');
  return out;
}

}  // namespace

std::vector<Flag> filter_flags(std::vector<Flag> others) {
  static const std::deque<std::string> names = [] {
    std::deque<std::string> out;
    for (const store::FilterKey& k : store::filter_keys()) out.push_back(flag_name(k.name));
    return out;
  }();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const store::FilterKey& k = store::filter_keys()[i];
    others.push_back({names[i], k.value, k.help});
  }
  return others;
}

Result<Store> open_store(const Options& options, Store::Mode mode) {
  if (options.inputs().empty())
    return fail("the path of a store is needed", {}, "make one with `annalist ingest STORE FILE...`");
  const auto wait = read_number(options, "--wait", 30000);
  if (!wait) return std::unexpected(wait.error());
  return Store::open(options.inputs()[0], mode, int(std::min<std::size_t>(*wait, 86400000)));
}

Result<store::EventFilter> read_filter(const Options& options, Store& store) {
  store::EventFilter filter;
  for (const store::FilterKey& k : store::filter_keys()) {
    const std::string name = flag_name(k.name);
    if (!options.has(name)) continue;
    std::string value = options.get(name);
    if ((k.name == "as_of" || k.name == "since") && value.size() >= 10 && Day::parse_iso(value)) {
      const auto revision = store.revision_at(value);
      if (!revision) return std::unexpected(revision.error());
      if (*revision == 0 && k.name == "as_of")
        return fail("the store was empty on " + value, options.inputs()[0]);
      value = std::to_string(*revision);
    }
    if (const Status s = store::set_filter(filter, k.name, value); !s) return std::unexpected(s.error());
  }
  return filter;
}

Result<std::size_t> read_number(const Options& options, std::string_view name, std::size_t otherwise) {
  if (!options.has(name)) return otherwise;
  const std::string given = options.get(name);
  std::size_t n = 0;
  const auto [end, fault] = std::from_chars(given.data(), given.data() + given.size(), n);
  if (fault != std::errc() || end != given.data() + given.size())
    return fail(std::string(name) + " takes a whole number, not '" + given + "'");
  return n;
}

}  // namespace annalist::tool
