#include "time/story.h"

namespace annalist::timex {

void Story::note(const Point& p, bool own_year, const Context& at) {
  if (!p) return;
  const bool opens_block = !last_ || at_.block != at.block;
  last_ = p;
  if (!today_ || !p.day || p.day <= today_ + 1) told_ = p;  // one day's grace for time zones
  at_ = at;
  if (p.unit == Unit::quarter) {
    quarter_ = p;
    quarter_block_ = at.block;
  }
  if (!p.day || p.unit > Unit::year) return;
  if (!line_ || !own_year) {
    line_ = p;
    return;
  }
  const int step = p.year() - line_.year();
  // A year alone says nothing new about the year the story is in.
  if (step == 0 && p.unit == Unit::year) return;
  const bool goes_on = step == 0 || (step == 1 && p.unit < Unit::year);
  if (goes_on || opens_block || aside_ == p.year()) {
    line_ = p;
    aside_ = 0;
  } else {
    aside_ = p.year();
  }
}

}  // namespace annalist::timex
