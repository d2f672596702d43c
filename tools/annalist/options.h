// The command line: one table of commands and flags makes parsing and help.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace annalist::tool {

struct Flag {
  std::string_view name;   // "--format", with its short form: "-o|--out"
  std::string_view value;  // "FILE"; empty: a switch
  std::string_view help;
};

class Options {
 public:
  bool has(std::string_view name) const { return values_.contains(name); }
  std::string get(std::string_view name, std::string otherwise = {}) const {
    const auto it = values_.find(name);
    return it == values_.end() ? std::move(otherwise) : it->second;
  }
  const std::vector<std::string>& inputs() const { return inputs_; }
  /// The same with the first `n` inputs taken away: for commands whose first words are no inputs.
  Options without_first(std::size_t n) const {
    Options out = *this;
    out.inputs_.erase(out.inputs_.begin(), out.inputs_.begin() + std::ptrdiff_t(std::min(n, inputs_.size())));
    return out;
  }

  /// Reads argv after the command. An unknown flag or a missing value is an Error that names it.
  static Result<Options> parse(const std::vector<Flag>& flags, int argc, char** argv);

 private:
  std::map<std::string, std::string, std::less<>> values_;
  std::vector<std::string> inputs_;
};

struct Command {
  std::string_view name, arguments, summary;
  std::vector<Flag> flags;
  int (*run)(const Options&);
};

/// The help of one command, made from its table entry.
std::string help(const Command& command);

}  // namespace annalist::tool
