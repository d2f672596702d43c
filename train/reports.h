// The reports that the tools of train/ and eval/ take on standard input: a line that names the report, then
// its text in one line, with "\n" for line ends and "\\" for backslashes.
#pragma once

#include <istream>
#include <string>

#include "doc/raw_page.h"

namespace annalist {

/// The next report; `head` is its first line, which the page has as its id. False at the end.
inline bool next_report(std::istream& in, std::string& head, RawPage& page) {
  std::string text;
  if (!std::getline(in, head) || !std::getline(in, text)) return false;
  page = {};
  page.id = head;
  page.form = RawPage::Form::text;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\\' && i + 1 < text.size())
      page.bytes += text[++i] == 'n' ? '\n' : text[i];
    else
      page.bytes += text[i];
  return true;
}

}  // namespace annalist
