#include "source/fetch.h"

#include <arpa/inet.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <thread>

#include "base/sha256.h"
#include "base/strings.h"
#include "source/curl.h"

namespace annalist::source {

namespace {

/// Loopback, link-local, private and other addresses that no public page has.
bool is_private(const sockaddr* address) {
  if (address->sa_family == AF_INET) {
    const std::uint32_t ip = ntohl(reinterpret_cast<const sockaddr_in*>(address)->sin_addr.s_addr);
    const auto in = [ip](std::uint32_t net, int bits) { return (ip >> (32 - bits)) == (net >> (32 - bits)); };
    return in(0, 8) || in(0x0A000000, 8) || in(0x7F000000, 8) || in(0xA9FE0000, 16) || in(0xAC100000, 12) ||
           in(0xC0A80000, 16) || in(0x64400000, 10) || in(0xE0000000, 3);
  }
  if (address->sa_family == AF_INET6) {
    const in6_addr& ip = reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;
    if (IN6_IS_ADDR_V4MAPPED(&ip)) {
      sockaddr_in four{};
      four.sin_family = AF_INET;
      std::copy(ip.s6_addr + 12, ip.s6_addr + 16, reinterpret_cast<unsigned char*>(&four.sin_addr));
      return is_private(reinterpret_cast<const sockaddr*>(&four));
    }
    return IN6_IS_ADDR_LOOPBACK(&ip) || IN6_IS_ADDR_LINKLOCAL(&ip) || IN6_IS_ADDR_MULTICAST(&ip) ||
           IN6_IS_ADDR_UNSPECIFIED(&ip) || (ip.s6_addr[0] & 0xFE) == 0xFC;
  }
  return true;
}

struct Answer {
  std::string headers, body;
  std::size_t cap = 0;
  bool full = false, refused = false, allow_private = false;
};

curl_socket_t open_socket(void* answer, curlsocktype, curl_sockaddr* address) {
  auto& a = *static_cast<Answer*>(answer);
  if (!a.allow_private && is_private(&address->addr)) {
    a.refused = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype, address->protocol);
}

std::size_t take_body(char* bytes, std::size_t size, std::size_t n, void* answer) {
  auto& a = *static_cast<Answer*>(answer);
  const std::size_t all = size * n, take = std::min(all, a.cap - a.body.size());
  a.body.append(bytes, take);
  a.full = take < all;
  return take;  // less than given ends the transfer
}

std::size_t take_header(char* bytes, std::size_t size, std::size_t n, void* answer) {
  auto& a = *static_cast<Answer*>(answer);
  if (a.headers.size() > 256 * 1024) return 0;
  a.headers.append(bytes, size * n);
  return size * n;
}

/// The value of the last header of a name.
std::string header(std::string_view headers, std::string_view name) {
  std::string out;
  for (std::string_view line : split(headers, '\n')) {
    const std::size_t colon = line.find(':');
    if (colon != line.npos && equals_ignore_case(trim(line.substr(0, colon)), name))
      out = trim(line.substr(colon + 1));
  }
  return out;
}

std::string absolute(const Curl& lib, const std::string& base, const std::string& link) {
  CURLU* url = lib.url();
  std::string out;
  char* text = nullptr;
  if (lib.url_set(url, CURLUPART_URL, base.c_str(), 0) == CURLUE_OK &&
      lib.url_set(url, CURLUPART_URL, link.c_str(), 0) == CURLUE_OK &&
      lib.url_get(url, CURLUPART_URL, &text, 0) == CURLUE_OK)
    out = text;
  lib.free(text);
  lib.url_cleanup(url);
  return out;
}

}  // namespace

struct Fetcher::Library {
  Curl lib;
  CURL* curl = nullptr;
};

Fetcher::Fetcher(FetchOptions options) : options_(std::move(options)), library_(std::make_unique<Library>()) {
  if (!library_->lib.there) return;
  library_->lib.global_init(CURL_GLOBAL_DEFAULT);
  library_->curl = library_->lib.easy_init();
}

Fetcher::~Fetcher() {
  if (!library_->curl) return;
  library_->lib.easy_cleanup(library_->curl);
  library_->lib.global_cleanup();
}

std::pair<std::string, std::string> split_address(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == url.npos ||
      (lower(url.substr(0, scheme)) != "http" && lower(url.substr(0, scheme)) != "https"))
    return {};
  const std::size_t host = scheme + 3;
  const std::size_t end = std::min(url.find_first_of("/?#", host), url.size());
  if (end == host || url.substr(host, end - host).find('@') != url.npos) return {};
  std::string path(url.substr(end, url.find('#', end) - end));
  if (!path.starts_with('/')) path.insert(0, 1, '/');
  return {lower(url.substr(0, end)), path};
}

double Fetcher::wait(const std::string& url) const {
  const auto host = hosts_.find(split_address(url).first);
  if (host == hosts_.end()) return 0;
  return std::max(0.0, std::chrono::duration<double>(host->second.next - Clock::now()).count());
}

Result<Fetched> Fetcher::ask(const std::string& url, const std::string& etag, const std::string& modified) {
  const Curl& lib = library_->lib;
  CURL* curl = library_->curl;
  if (!curl) return fail("libcurl cannot be loaded", url, "install libcurl4");
  lib.easy_reset(curl);
  Answer answer;
  answer.cap = options_.max_bytes;
  answer.allow_private = options_.allow_private;
  const std::string agent = options_.agent + "/0.1 (+" + options_.contact + ")";
  lib.easy_setopt(curl, CURLOPT_URL, url.c_str());
  lib.easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  lib.easy_setopt(curl, CURLOPT_USERAGENT, agent.c_str());
  lib.easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
  lib.easy_setopt(curl, CURLOPT_TIMEOUT, options_.timeout);
  lib.easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, std::min(10L, options_.timeout));
  lib.easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  lib.easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  lib.easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &answer);
  lib.easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
  lib.easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
  lib.easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
  lib.easy_setopt(curl, CURLOPT_HEADERDATA, &answer);
  curl_slist* sent = nullptr;
  if (!etag.empty()) sent = lib.slist_append(sent, ("If-None-Match: " + etag).c_str());
  if (!modified.empty()) sent = lib.slist_append(sent, ("If-Modified-Since: " + modified).c_str());
  lib.easy_setopt(curl, CURLOPT_HTTPHEADER, sent);
  const CURLcode rc = lib.easy_perform(curl);
  lib.slist_free_all(sent);
  if (answer.refused) return fail("the address leads into a private network", url, "--allow-private lets it");
  if (rc != CURLE_OK && !answer.full)
    return fail(std::string("cannot be fetched: ") + lib.easy_strerror(rc), url);
  Fetched out;
  long status = 0;
  lib.easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  out.url = url;
  out.status = int(status);
  out.headers = std::move(answer.headers);
  out.body = std::move(answer.body);
  out.truncated = answer.full;
  out.content_type = lower(header(out.headers, "content-type"));
  out.etag = header(out.headers, "etag");
  out.modified = header(out.headers, "last-modified");
  return out;
}

Result<Fetched> Fetcher::get(const std::string& given, const std::string& etag, const std::string& modified) {
  std::string url = given;
  for (int hop = 0; hop <= options_.redirects; ++hop) {
    const auto [origin, path] = split_address(url);
    if (origin.empty()) return fail("no http or https address", url);
    Host& host = hosts_[origin];
    const auto pause = [&] {
      std::this_thread::sleep_until(host.next);
      const double delay = std::max(options_.delay, host.robots.delay());
      host.next =
          Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(delay));
    };
    if (!host.known) {
      // RFC 9309: no file (4xx) allows all; a server that cannot answer allows nothing for now.
      std::string at = origin + "/robots.txt";
      auto rules = ask(at, {}, {});
      for (int i = 0; i < options_.redirects && rules && rules->status >= 300 && rules->status < 400; ++i)
        rules = ask(at = absolute(library_->lib, at, header(rules->headers, "location")), {}, {});
      if (!rules) return fail(rules.error().what, url, rules.error().remedy);
      host.known = true;
      if (rules->status >= 500 || rules->status == 429)
        host.robots = Robots::nothing_allowed();
      else if (rules->status == 200)
        host.robots = Robots::parse(rules->body, options_.agent);
    }
    if (!host.robots.allows(path)) return fail("robots.txt does not allow it", url);
    pause();
    auto page = ask(url, hop == 0 ? etag : std::string(), hop == 0 ? modified : std::string());
    if (!page) return page;
    if (page->status == 429 || page->status == 503) {
      const double seconds =
          std::clamp(std::atof(header(page->headers, "retry-after").c_str()), 30.0, 3600.0);
      host.next = Clock::now() + std::chrono::seconds(long(seconds));
      return fail("the server asks to wait (" + std::to_string(page->status) + ")", url,
                  "again in " + std::to_string(long(seconds)) + " seconds");
    }
    const std::string location = header(page->headers, "location");
    if (page->status < 300 || page->status > 399 || page->status == 304 || location.empty()) return page;
    url = absolute(library_->lib, url, location);
  }
  return fail("too many redirects", given);
}

std::string warc_record(const Fetched& page, std::string_view date) {
  // The body is stored decoded, so the headers that tell of its coding are left out.
  std::string http;
  for (std::string_view line : split(page.headers, '\n')) {
    line = trim(line);
    const std::string key = lower(line.substr(0, line.find(':')));
    if (line.empty() || key == "content-encoding" || key == "transfer-encoding" || key == "content-length")
      continue;
    if (line.starts_with("HTTP/")) http.clear();  // after "100 Continue" comes the real head
    http.append(line) += "\r\n";
  }
  http += "Content-Length: " + std::to_string(page.body.size()) + "\r\n\r\n" + page.body;
  const std::string hash = hex(sha256(std::string(date) + page.url + page.body), 16);
  const auto part = [&](std::size_t from, std::size_t n) { return (hash + hash).substr(from, n); };
  return "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:" + part(0, 8) + "-" + part(8, 4) +
         "-4" + part(12, 3) + "-8" + part(15, 3) + "-" + part(18, 12) +
         ">\r\nWARC-Date: " + std::string(date) + "\r\nWARC-Target-URI: " + page.url +
         (page.truncated ? "\r\nWARC-Truncated: length" : "") +
         "\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: " +
         std::to_string(http.size()) + "\r\n\r\n" + http + "\r\n\r\n";
}

}  // namespace annalist::source
