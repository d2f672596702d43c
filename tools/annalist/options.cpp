#include "options.h"

#include "base/strings.h"

namespace annalist::tool {
namespace {

// "-o|--out" -> the name under which the value is kept: "--out".
std::string_view long_name(std::string_view name) { return split(name, '|').back(); }

const Flag* find(const std::vector<Flag>& flags, std::string_view given) {
  for (const Flag& f : flags)
    for (std::string_view name : split(f.name, '|'))
      if (name == given) return &f;
  return nullptr;
}

}  // namespace

Result<Options> Options::parse(const std::vector<Flag>& flags, int argc, char** argv) {
  Options out;
  bool only_inputs = false;
  for (int i = 0; i < argc; ++i) {
    const std::string_view arg = argv[i];
    if (only_inputs || arg == "-" || !arg.starts_with('-')) {
      out.inputs_.emplace_back(arg);
      continue;
    }
    if (arg == "--") {
      only_inputs = true;
      continue;
    }
    const std::size_t equals = arg.starts_with("--") ? arg.find('=') : std::string_view::npos;
    const Flag* flag = find(flags, arg.substr(0, equals));
    if (!flag) return fail("unknown option " + std::string(arg), {}, "`annalist help` lists them");
    std::string& value = out.values_[std::string(long_name(flag->name))];
    if (flag->value.empty()) {
      if (equals != std::string_view::npos) return fail(std::string(flag->name) + " takes no value");
      value = "yes";
    } else if (equals != std::string_view::npos) {
      value = arg.substr(equals + 1);
    } else if (i + 1 < argc) {
      value = argv[++i];
    } else {
      return fail(std::string(arg) + " needs a value: " + std::string(flag->value));
    }
  }
  return out;
}

std::string help(const Command& command) {
  std::string out = "annalist " + std::string(command.name) + " " + std::string(command.arguments) + "\n  " +
                    std::string(command.summary) + "\n";
  for (const Flag& f : command.flags) {
    std::string left = "    ";
    for (std::string_view name : split(f.name, '|')) left.append(left.size() > 4 ? ", " : "").append(name);
    if (!f.value.empty()) left.append(" ").append(f.value);
    left.append(left.size() < 28 ? 28 - left.size() : 1, ' ');
    out += left + std::string(f.help) + "\n";
  }
  return out;
}

}  // namespace annalist::tool
