// Actor and agent dictionaries.
#include <algorithm>
#include <map>
#include <set>

#include "base/strings.h"
#include "pack/petrarch_common.h"

namespace annalist {

namespace {

using namespace petrarch;

char upper_of(char c) { return is_lower(c) ? static_cast<char>(c - 32) : c; }

struct Code {
  std::string code, from, to;
};

struct Actor {
  std::vector<std::string> names;  // the first is the entry's
  std::vector<Code> codes;
  int line = 0;
};

/// "HOBGOV 19950601 - 19990815", "HOB < 950601", "ELI >20130119", "GOV". Null codes ("---") give nothing.
void read_code(std::string_view text, const DataText& file, int line, Actor& actor,
               std::vector<std::string>& faults) {
  text = trim(text);
  const std::size_t end = std::min(text.find_first_of(" <>\t"), text.size());
  Code out;
  out.code = std::string(text.substr(0, end));
  std::transform(out.code.begin(), out.code.end(), out.code.begin(), upper_of);
  std::string when;
  for (char c : text.substr(end))
    if (!is_space(c)) when += c;
  const auto bad = [&] {
    faults.push_back(fault(file, line, "'" + std::string(text) + "' has no date that can be read",
                           "write <YYMMDD, >YYMMDD or YYYYMMDD-YYYYMMDD; the code is taken without it"));
  };
  while (when.ends_with('>') && when.starts_with('<')) when.pop_back();
  if (when.starts_with('<') || when.starts_with('>')) {
    const auto d = day(std::string_view(when).substr(1));
    if (!d)
      bad();
    else
      (when[0] == '<' ? out.to : out.from) = *d;
  } else if (!when.empty()) {
    const std::size_t dash = when.find('-');
    const auto from = day(std::string_view(when).substr(0, dash));
    const auto to = dash == std::string::npos ? from : day(std::string_view(when).substr(dash + 1));
    if (!from || !to || *to < *from)
      bad();
    else
      out.from = *from, out.to = *to;
  }
  if (out.code.empty() ||
      out.code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ/0123456789") != std::string::npos) {
    if (out.code != "---" && out.code != "+++" && out.code != "###")
      faults.push_back(fault(file, line, "'" + out.code + "' is no actor code", "use letters, in threes"));
    if (out.code != "---") return;
    out.code.clear();  // says "nobody" for that time
  }
  actor.codes.push_back(std::move(out));
}

/// Splits "NAME [A] [B 1990-1991]"; the name may be empty.
std::string_view read_brackets(const Line& line, const DataText& file, Actor& actor,
                               std::vector<std::string>& faults) {
  const std::size_t open = line.text.find('[');
  for (std::size_t at = open; at != std::string_view::npos;) {
    const std::size_t close = line.text.find(']', at);
    if (close == std::string_view::npos) {
      faults.push_back(
          fault(file, line.number, "a '[' without ']'", "close the code; the line is passed over"));
      break;
    }
    read_code(line.text.substr(at + 1, close - at - 1), file, line.number, actor, faults);
    at = line.text.find('[', close);
  }
  return trim(line.text.substr(0, open));
}

void write_actor(const Actor& actor, std::set<std::string>& ids, ImportedText& out) {
  // The code that holds at any time first: a dated one wins over it where both hold.
  std::vector<Code> codes = actor.codes;
  std::stable_sort(codes.begin(), codes.end(), [](const Code& a, const Code& b) {
    return (a.from.empty() && a.to.empty()) > (b.from.empty() && b.to.empty());
  });
  for (const Code& c : codes) {
    if (c.code.empty()) continue;
    std::string id = slug(actor.names[0]);
    if (id.empty()) id = "actor";
    for (int n = 2; !ids.insert(id).second; ++n) id = slug(actor.names[0]) + "-" + std::to_string(n);
    const bool dated = !c.from.empty() || !c.to.empty();
    out.text += "[" + id + "]\nname: " + actor.names[0] + "\n";
    if (actor.names.size() > 1) {
      out.text += "alias: ";
      for (std::size_t i = 1; i < actor.names.size(); ++i) out.text += (i > 1 ? "; " : "") + actor.names[i];
      out.text += "\n";
    }
    out.text += "kind: " + std::string(kind_of(c.code)) + "\ncode: " + c.code + "\n";
    if (dated) out.text += "dates: " + c.from + ".." + c.to + "\n";
    out.text += dated ? "priority: 3\n\n" : "priority: 2\n\n";
    ++out.entries;
  }
}

}  // namespace

ImportedText import_petrarch_actors(const DataText& dictionary) {
  ImportedText out;
  out.text =
      "# Made by `annalist data import petrarch-actors` from " + std::string(dictionary.name) + ".\n\n";
  std::set<std::string> ids;
  std::map<std::string, int> names;  // folded -> line
  Actor actor;
  const auto close = [&] {
    if (actor.names.empty()) return;
    if (actor.codes.empty())
      out.faults.push_back(fault(dictionary, actor.line, "'" + actor.names[0] + "' has no code",
                                 "add [CODE]; the actor is passed over"));
    write_actor(actor, ids, out);
    actor = {};
  };
  for (const Line& line : lines_of(dictionary)) {
    if (line.text.front() == '[') {  // a code of its own line
      if (actor.names.empty())
        out.faults.push_back(
            fault(dictionary, line.number, "a code before any actor", "name the actor first"));
      else
        read_brackets(line, dictionary, actor, out.faults);
      continue;
    }
    const bool synonym = line.text.front() == '+';
    if (!synonym) close();
    Line rest = line;
    if (synonym) rest.text.remove_prefix(1);
    if (!synonym) actor.line = line.number;
    const std::string name = written(read_brackets(rest, dictionary, actor, out.faults));
    if (name.empty()) {
      out.faults.push_back(fault(dictionary, line.number, "a line without a name", "write NAME [CODE]"));
      continue;
    }
    if (const auto [at, fresh] = names.emplace(fold(name), line.number); !fresh) {
      out.faults.push_back(
          fault(dictionary, line.number,
                "'" + name + "' is listed twice, first in line " + std::to_string(at->second),
                "keep one; the first holds"));
      if (synonym) continue;
    }
    if (synonym && actor.names.empty()) {
      out.faults.push_back(
          fault(dictionary, line.number, "a synonym before any actor", "name the actor first"));
      continue;
    }
    if (synonym && name == actor.names[0]) continue;
    actor.names.push_back(name);
  }
  close();
  return out;
}

ImportedText import_petrarch_agents(const DataText& dictionary) {
  ImportedText out;
  out.text = "# Made by `annalist data import petrarch-agents` from " + std::string(dictionary.name) +
             ".\nnoun\tkind\tcode\tflags\n";
  std::map<std::string, std::vector<std::string>> macros;
  std::set<std::string> seen;
  for (const Line& line : lines_of(dictionary)) {
    if (const std::size_t equals = line.text.find('=');
        line.text.front() == '!' && equals != std::string_view::npos) {
      std::vector<std::string> values;
      for (std::string_view v : split_list(line.text.substr(equals + 1), ',')) values.emplace_back(v);
      macros[std::string(trim(line.text.substr(0, equals)))] = values;
      continue;
    }
    const std::size_t open = line.text.find('['), close = line.text.find(']', open);
    if (open == std::string_view::npos || close == std::string_view::npos) {
      out.faults.push_back(fault(dictionary, line.number, "an agent without a code", "write NOUN [~ROLE]"));
      continue;
    }
    std::string code;
    for (char c : line.text.substr(open + 1, close - open - 1))
      if (is_alpha(c)) code += upper_of(c);
    std::string_view head = line.text.substr(0, open);
    head = trim(head.substr(0, head.find('{')));
    std::vector<std::string> nouns{std::string(head)};
    for (const auto& [macro, values] : macros)
      if (const std::size_t at = head.find(macro); at != std::string_view::npos) {
        nouns.clear();
        for (const std::string& v : values)
          nouns.push_back(std::string(head.substr(0, at)) + v + std::string(head.substr(at + macro.size())));
      }
    if (code.empty() || nouns[0].find('!') != std::string::npos) {
      out.faults.push_back(fault(dictionary, line.number, "'" + std::string(line.text) + "' cannot be read",
                                 code.empty() ? "give a role of letters" : "define the !MACRO! above it"));
      continue;
    }
    for (const std::string& noun : nouns) {
      const std::string key = lower(written(noun));
      if (!seen.insert(key).second) {
        out.faults.push_back(
            fault(dictionary, line.number, "'" + key + "' is listed twice", "keep one; the first holds"));
        continue;
      }
      std::string_view kind = kind_of("XXX" + code);
      if (kind == "state") kind = "other";
      const std::string_view last = std::string_view(key).substr(key.rfind(' ') + 1);
      const bool body = last.ends_with("try") || last.ends_with("ment") || last.ends_with("tion") ||
                        last.ends_with("group") || last.ends_with("court") || last.ends_with("press") ||
                        last.ends_with("media") || last.ends_with("party") || last.ends_with("force") ||
                        last.ends_with("paper") || last.ends_with("service") || last.ends_with("police");
      out.text +=
          key + "\t" + std::string(kind) + "\t" + code + "\t" + (body ? "body" : "person title") + "\n";
      ++out.entries;
    }
  }
  return out;
}

}  // namespace annalist
