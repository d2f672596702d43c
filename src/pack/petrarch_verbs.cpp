// Verb dictionaries: verbs with a code, and patterns around them.
//
// A pattern "BEFORE * AFTER [CODE]" becomes a frame whose `before` and `after` words must stand on that side
// of the verb, in that order. "$" (who does it) before the verb and "+" (to whom) after it are what a frame
// does anyway; "+" before or "$" after the verb turn the roles round. "%" and "[A:B]" make both sides actors.
#include <algorithm>
#include <map>
#include <set>

#include "base/strings.h"
#include "pack/petrarch_common.h"

namespace annalist {

namespace {

using namespace petrarch;

struct Pattern {
  std::string before, after;  // space-separated words, alternatives joined by |
  bool turned = false, both = false;
};

class VerbReader {
 public:
  explicit VerbReader(const DataText& file) : file_(file) {
    out_.types.text =
        "# Made by `annalist data import petrarch-verbs` from " + std::string(file.name) + ".\n\n";
    out_.frames.text = out_.types.text;
  }

  ImportedVerbs run() {
    const std::vector<Line> lines = lines_of(file_);
    for (const Line& line : lines) synset_line(line);
    for (auto& [name, words] : synsets_) resolve(name, 0);
    in_synset_ = false;
    for (const Line& line : lines) verb_line(line);
    return std::move(out_);
  }

 private:
  std::vector<std::string>& faults() { return out_.frames.faults; }

  void synset_line(const Line& line) {
    if (line.text.front() == '&') {
      const std::string_view name = line.text.substr(1, line.text.find_first_of(" \t") - 1);
      synset_ = without_edge(name);
      in_synset_ = true;
      if (!synsets_.emplace(synset_, std::vector<std::string>{}).second)
        faults().push_back(fault(file_, line.number, "synonym set '&" + synset_ + "' is defined twice",
                                 "merge the two; their words are taken together"));
    } else if (line.text.front() == '+' && in_synset_) {
      synsets_[synset_].push_back(lower(line.text.substr(1)));
    } else {
      in_synset_ = false;
    }
  }

  static std::string without_edge(std::string_view s) {
    while (!s.empty() && s.back() == '_') s.remove_suffix(1);
    return std::string(s);
  }

  /// Sets named in sets; a set that names itself, however far round, is a loop and is cut there.
  const std::vector<std::string>& resolve(const std::string& name, int depth) {
    std::vector<std::string>& words = synsets_[name];
    if (done_.contains(name)) return words;
    if (!open_.insert(name).second || depth > 20) {
      faults().push_back(
          fault(file_, 0, "synonym set '&" + name + "' contains itself", "break the loop; it is cut there"));
      static const std::vector<std::string> none;
      return none;
    }
    std::vector<std::string> flat;
    for (const std::string& w : std::vector<std::string>(words)) {
      if (!w.starts_with('&')) {
        flat.push_back(w);
        continue;
      }
      std::string inner;
      for (char c : without_edge(trim(w.substr(1)))) inner += is_lower(c) ? static_cast<char>(c - 32) : c;
      if (!synsets_.contains(inner)) {
        faults().push_back(fault(file_, 0, "synonym set '&" + inner + "' is not defined", "define it"));
        continue;
      }
      const auto& more = resolve(inner, depth + 1);
      flat.insert(flat.end(), more.begin(), more.end());
    }
    open_.erase(name);
    done_.insert(name);
    return synsets_[name] = flat;
  }

  void verb_line(const Line& line) {
    if (line.text.starts_with("---")) {  // a block: "--- VERB [CODE] ---"
      block_code_.clear();
      verbs_.clear();
      in_synset_ = false;
      const std::size_t open = line.text.find('['), close = line.text.find(']', open);
      if (close == std::string_view::npos)
        faults().push_back(
            fault(file_, line.number, "a verb block without a code", "write --- VERB [CODE] ---"));
      else
        block_code_ = code_of(line.text.substr(open + 1, close - open - 1), line.number);
      return;
    }
    if (line.text.front() == '&') {
      in_synset_ = true;
      return;
    }
    if (in_synset_ && line.text.front() == '+') return;
    in_synset_ = false;
    if (line.text.front() == '-') return pattern_line(line);
    // A verb, with its irregular forms in braces and perhaps a code of its own.
    std::string_view text = line.text;
    std::string code = block_code_;
    if (const std::size_t open = text.find('['); open != std::string_view::npos) {
      code = code_of(text.substr(open + 1, text.find(']', open) - open - 1), line.number);
      text = trim(text.substr(0, open));
    }
    const std::size_t brace = text.find('{');
    std::string head;
    for (char c : trim(text.substr(0, brace)))
      if (c != '+') head += c == '_' ? ' ' : to_lower(c);
    const auto words = split_list(head, ' ');
    if (words.empty() || words.size() > 3) return;
    std::vector<std::string> forms{head};
    if (brace != std::string_view::npos)
      for (std::string_view form :
           split_list(text.substr(brace + 1, text.find('}', brace) - brace - 1), ' ')) {
        std::string f;
        for (char c : form)
          if (c != '+') f += c == '_' ? ' ' : to_lower(c);
        if (split_list(f, ' ').size() <= 2) forms.push_back(f);
      }
    std::string all;
    for (const std::string& f : forms)
      if (split_list(f, ' ').size() <= 2) all += (all.empty() ? "" : "; ") + f;
    if (all.empty()) return;
    verbs_ = verbs_.empty() ? all : verbs_ + "; " + all;
    if (!code.empty()) frame(code, all, {}, line.number);
  }

  /// "031:031", "112", "---": the code in lower case letters and digits, or nothing. "#" and "+" codes
  /// discard.
  std::string code_of(std::string_view text, int line) {
    std::string out;
    for (char c : trim(text)) {
      if (is_alpha(c) || is_digit(c) || c == ':')
        out += c;
      else if (c != '?' && c != '-' && c != '+' && c != '#') {
        faults().push_back(
            fault(file_, line, "'" + std::string(text) + "' is no event code", "use letters and digits"));
        return {};
      }
    }
    return out;
  }

  void pattern_line(const Line& line) {
    const std::size_t open = line.text.rfind('['), close = line.text.find(']', open);
    if (open == std::string_view::npos || close == std::string_view::npos) {
      faults().push_back(fault(file_, line.number, "a pattern without a code", "end it with [CODE]"));
      return;
    }
    if (verbs_.empty()) {
      faults().push_back(fault(file_, line.number, "a pattern before any verb", "put it below its verb"));
      return;
    }
    const std::string code = code_of(line.text.substr(open + 1, close - open - 1), line.number);
    const std::string_view body = line.text.substr(1, open - 1);
    const std::size_t star = body.find('*');
    if (star == std::string_view::npos) {
      faults().push_back(
          fault(file_, line.number, "a pattern without '*'", "mark the place of the verb by '*'"));
      return;
    }
    Pattern p;
    p.before = side(body.substr(0, star), true, line.number, p);
    p.after = side(body.substr(star + 1), false, line.number, p);
    if (!code.empty()) frame(code, verbs_, p, line.number);
  }

  std::string side(std::string_view text, bool before, int line, Pattern& p) {
    std::string spaced;
    for (char c : text) spaced += c == '_' || c == '\t' || c == '(' || c == ')' ? ' ' : c;
    std::string out;
    for (std::string_view word : split_list(spaced, ' ')) {
      if (word == "$" || word == "+") {
        if ((word == "+") == before) p.turned = true;
        continue;
      }
      if (word == "%") p.both = true;
      if (word == "^" || word == "%") continue;
      std::string alternatives;
      if (word.front() == '&') {
        const auto set = synsets_.find(without_edge(word.substr(1)));
        if (set == synsets_.end()) {
          faults().push_back(fault(file_, line, "synonym set '" + std::string(word) + "' is not defined",
                                   "define it by a line &NAME; the word is passed over"));
          continue;
        }
        for (const std::string& w : set->second) {
          // Of "swiss francs" the last word tells most; "_" in it joins words as elsewhere.
          std::string plain;
          for (char c : w) plain += c == '_' ? ' ' : c;
          const auto parts = split_list(plain, ' ');
          if (!parts.empty()) alternatives += (alternatives.empty() ? "" : "|") + std::string(parts.back());
        }
      } else {
        alternatives = lower(word);
      }
      if (!alternatives.empty()) out += (out.empty() ? "" : " ") + alternatives;
    }
    return out;
  }

  void frame(const std::string& code, const std::string& verbs, const Pattern& p, int line) {
    std::string type = "c";
    for (char c : code) type += c == ':' ? '-' : to_lower(c);
    const bool both = p.both || code.find(':') != std::string::npos;
    if (types_.insert(type).second) {
      out_.types.text += "[" + type + "]\ngroup: imported\ngloss: code " + code + " of " +
                         std::string(file_.name) + "\ncameo: " + code + "\n\n";
      ++out_.types.entries;
    }
    std::string& t = out_.frames.text;
    t += "[" + type + "." + std::to_string(line) + "]\ntype: " + type + "\nverb: " + verbs + "\n";
    if (!p.before.empty()) t += "before: " + p.before + "\n";
    if (!p.after.empty()) t += "after: " + p.after + "\n";
    t += p.turned ? "actor: from | by | in | of | iobj\ntarget: subj\n"
                  : "actor: subj\ntarget: obj | iobj | with\n";
    t += std::string("wide: ") + (p.turned ? "turned" : both ? "both" : "yes") + "\nexamples: none\n\n";
    ++out_.frames.entries;
  }

  const DataText& file_;
  ImportedVerbs out_;
  std::map<std::string, std::vector<std::string>> synsets_;
  std::set<std::string> done_, open_, types_;
  std::string synset_, block_code_, verbs_;
  bool in_synset_ = false;
};

}  // namespace

ImportedVerbs import_petrarch_verbs(const DataText& dictionary) { return VerbReader(dictionary).run(); }

}  // namespace annalist
