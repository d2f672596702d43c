// robots.txt (RFC 9309): what a site lets programs fetch. Pure: bytes in, answers out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace annalist::source {

class Robots {
 public:
  /// Rules for `agent` (a product name such as "annalist") out of the file's text; no text: all is allowed.
  static Robots parse(std::string_view text, std::string_view agent);
  static Robots nothing_allowed();
  /// `path` with its query. The longest rule that matches decides; equal lengths: allow.
  bool allows(std::string_view path) const;
  /// Seconds; 0 where the file says nothing.
  double delay() const { return delay_; }

 private:
  struct Rule {
    std::string pattern;
    bool allow = false;
  };
  std::vector<Rule> rules_;
  double delay_ = 0;
};

}  // namespace annalist::source
