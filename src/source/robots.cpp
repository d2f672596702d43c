#include "source/robots.h"

#include <algorithm>
#include <cstdlib>

#include "base/strings.h"

namespace annalist::source {

namespace {

constexpr std::size_t kMaxText = 512 * 1024;  // RFC 9309 asks for at least 500 KiB
constexpr std::size_t kMaxRules = 10'000;

/// `*` stands for any bytes, `$` at the end for the end. Linear but for the stars: it never goes back behind
/// one.
bool matches(std::string_view pattern, std::string_view path) {
  const bool whole = pattern.ends_with('$');
  if (whole) pattern.remove_suffix(1);
  const auto parts = split(pattern, '*');
  std::size_t at = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i == 0) {
      if (!path.starts_with(parts[0])) return false;
      at = parts[0].size();
      continue;
    }
    if (whole && i + 1 == parts.size())
      return path.size() >= at + parts[i].size() && path.ends_with(parts[i]);
    const std::size_t hit = path.find(parts[i], at);
    if (hit == path.npos) return false;
    at = hit + parts[i].size();
  }
  return !whole || at == path.size();
}

}  // namespace

Robots Robots::parse(std::string_view text, std::string_view agent) {
  const std::string mine = lower(agent);
  Robots for_me, for_all;
  bool named = false;                  // a group for this agent was seen
  bool in_me = false, in_all = false;  // the lines that follow belong to these groups
  bool agents = false;                 // the last line named an agent
  for (std::string_view line : split(text.substr(0, kMaxText), '\n')) {
    line = trim(line.substr(0, line.find('#')));
    const std::size_t colon = line.find(':');
    if (colon == line.npos) continue;
    const std::string key = lower(trim(line.substr(0, colon)));
    const std::string_view value = trim(line.substr(colon + 1));
    if (key == "user-agent") {
      if (!agents) in_me = in_all = false;
      agents = true;
      const std::string name = lower(value.substr(0, value.find('/')));
      if (name == "*") in_all = true;
      if (name == mine) in_me = named = true;
      continue;
    }
    agents = false;
    for (Robots* group : {in_me ? &for_me : nullptr, in_all ? &for_all : nullptr}) {
      if (!group) continue;
      if ((key == "allow" || key == "disallow") && !value.empty() && group->rules_.size() < kMaxRules)
        group->rules_.push_back({std::string(value), key == "allow"});
      if (key == "crawl-delay") group->delay_ = std::clamp(std::atof(std::string(value).c_str()), 0.0, 120.0);
    }
  }
  return named ? for_me : for_all;
}

Robots Robots::nothing_allowed() {
  Robots out;
  out.rules_.push_back({"/", false});
  return out;
}

bool Robots::allows(std::string_view path) const {
  if (path == "/robots.txt") return true;
  const Rule* best = nullptr;
  for (const Rule& r : rules_) {
    if (best &&
        (r.pattern.size() < best->pattern.size() || (r.pattern.size() == best->pattern.size() && !r.allow)))
      continue;
    if (matches(r.pattern, path)) best = &r;
  }
  return !best || best->allow;
}

}  // namespace annalist::source
