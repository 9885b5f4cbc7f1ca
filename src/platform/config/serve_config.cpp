// SPDX-License-Identifier: Apache-2.0
// TOML into the described structs, strictly: a misspelt key is an error, not a default.
#include "platform/config/serve_config.h"

#include <arpa/inet.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "platform/json/described_json.h"

namespace ys::config {
namespace {

std::string place_of(std::string_view name, const toml::source_region& source) {
    return std::string(name) + ":" + std::to_string(source.begin.line) + ": ";
}

/// The known key nearest to a misspelt one, or "".
std::string nearest(std::string_view wrong, const std::vector<std::string>& known) {
    std::string best;
    std::size_t best_distance = 4;
    for (const std::string& candidate : known) {
        std::vector<std::size_t> row(candidate.size() + 1);
        for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
        for (std::size_t i = 0; i < wrong.size(); ++i) {
            std::size_t diagonal = row[0]++;
            for (std::size_t j = 0; j < candidate.size(); ++j) {
                const std::size_t same = diagonal + (wrong[i] == candidate[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = std::min({same, row[j] + 1, row[j + 1] + 1});
            }
        }
        if (row.back() < best_distance) {
            best_distance = row.back();
            best = candidate;
        }
    }
    return best;
}

/// Faults of one file, each on a line of its own.
class Reader {
public:
    explicit Reader(std::string_view name) : name_(name) {}

    template <class T>
    void read_table(const toml::table& table, const std::string& path, T& into);
    bool is_clean() const { return faults_.empty(); }
    const std::string& faults() const { return faults_; }

private:
    template <class T>
    void read_value(const toml::node& node, const std::string& path, T& into);
    void fault(const toml::node& node, const std::string& what) {
        if (!faults_.empty()) faults_ += '\n';
        faults_ += place_of(name_, node.source()) + what;
    }

    std::string_view name_;
    std::string faults_;
};

template <class T>
void Reader::read_value(const toml::node& node, const std::string& path, T& into) {
    if constexpr (json::detail::Described<T>) {
        if (const auto* table = node.as_table())
            read_table(*table, path + ".", into);
        else
            fault(node, "`" + path + "` is a section: write [" + path + "]");
    } else if constexpr (json::detail::is_a<T, std::vector>) {
        const auto* list = node.as_array();
        if (!list) return fault(node, "`" + path + "` is a list: write " + path + " = [ … ]");
        into.clear();
        for (const toml::node& each : *list) read_value(each, path, into.emplace_back());
    } else if constexpr (std::same_as<T, bool>) {
        if (const auto v = node.value_exact<bool>())
            into = *v;
        else
            fault(node, "`" + path + "` is true or false");
    } else if constexpr (std::integral<T>) {
        const auto v = node.value_exact<std::int64_t>();
        if (v && *v >= 0 && static_cast<std::uint64_t>(*v) <= std::numeric_limits<T>::max())
            into = static_cast<T>(*v);
        else
            fault(node, "`" + path + "` is a whole number from 0 to " +
                            std::to_string(std::numeric_limits<T>::max()));
    } else {
        if (const auto v = node.value_exact<std::string>())
            into = *v;
        else
            fault(node, "`" + path + "` is text in quotes");
    }
}

template <class T>
void Reader::read_table(const toml::table& table, const std::string& path, T& into) {
    std::vector<std::string> known;
    boost::mp11::mp_for_each<json::detail::members_of<T>>([&](auto member) {
        known.emplace_back(member.name);
        if (const toml::node* node = table.get(member.name))
            read_value(*node, path + member.name, into.*member.pointer);
    });
    for (const auto& [key, node] : table) {
        if (std::ranges::find(known, key.str()) != known.end()) continue;
        std::string what = "there is no setting `" + path + cleaned(key.str(), 80) + "`";
        const std::string meant = nearest(key.str(), known);
        if (!meant.empty()) what += "; did you mean `" + path + meant + "`?";
        fault(node, what);
    }
}

void need(std::string& faults, bool holds, const std::string& what) {
    if (holds) return;
    if (!faults.empty()) faults += '\n';
    faults += what;
}

bool is_numeric_address(const std::string& text) {
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    return ::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 ||
           ::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
}

bool is_one_of(const std::string& word, std::initializer_list<const char*> words) {
    return std::ranges::any_of(words, [&](const char* w) { return word == w; });
}

bool is_url(const std::string& text, std::initializer_list<const char*> schemes) {
    return std::ranges::any_of(schemes, [&](const char* s) { return text.starts_with(s); });
}

}  // namespace

std::string keys_folder(const std::string& data) {
    std::string folder = data;
    while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
    return folder + "-keys";
}

Result<Endpoint> parse_endpoint(std::string_view text) {
    const auto colon = text.rfind(':');
    const Error bad{std::errc::invalid_argument,
                    "`" + cleaned(text, 80) + "` is not address:port, as in 127.0.0.1:8080"};
    if (colon == std::string_view::npos) return bad;
    const auto port = parse_number(text.substr(colon + 1));
    std::string_view host = text.substr(0, colon);
    if (!port || *port > 65535) return bad;
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    else if (host.find(':') != std::string_view::npos)
        return bad;
    return Endpoint{std::string(host.empty() ? "0.0.0.0" : host),
                    static_cast<std::uint16_t>(*port)};
}

Result<Serve> parse(std::string_view text, std::string_view name) {
    toml::table table;
    // With exceptions, as wherever toml++ is included: its two builds do not mix in one program.
    try {
        table = toml::parse(text, name);
    } catch (const toml::parse_error& e) {
        return Error{std::errc::invalid_argument,
                     place_of(name, e.source()) + std::string(e.description())};
    }
    Serve serve;
    Reader reader(name);
    reader.read_table(table, "", serve);
    if (!reader.is_clean()) return Error{std::errc::invalid_argument, reader.faults()};
    if (auto ok = check(serve); !ok) return ok.error();
    return serve;
}

Result<Serve> load(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    if (!file || !(text << file.rdbuf()))
        return Error{std::errc::no_such_file_or_directory, "cannot read " + path};
    return parse(text.str(), path);
}

Result<Done> check(const Serve& serve) {
    std::string faults;
    for (const auto& each : serve.http.listen)
        if (auto endpoint = parse_endpoint(each); !endpoint)
            need(faults, false, "http.listen: " + endpoint.error().note);
    for (const auto& each : serve.sip.listen)
        if (auto endpoint = parse_endpoint(each); !endpoint)
            need(faults, false, "sip.listen: " + endpoint.error().note);
    need(faults,
         serve.sip.phone_digest.empty() || serve.sip.phone_digest == "md5" ||
             serve.sip.phone_digest == "sha256+md5",
         "sip.phone_digest: md5 or sha256+md5");
    if (!serve.sip.tls_listen.empty())
        if (auto endpoint = parse_endpoint(serve.sip.tls_listen); !endpoint)
            need(faults, false, "sip.tls_listen: " + endpoint.error().note);
    need(faults, !serve.http.listen.empty(), "http.listen: at least one address is needed");
    for (const auto& each : serve.http.trusted_proxies)
        need(faults, is_numeric_address(each), "http.trusted_proxies: numeric addresses");
    need(faults, serve.http.certificate.empty() == serve.http.key.empty(),
         "http.certificate and http.key go together");
    need(faults, serve.media.port_first < serve.media.port_last,
         "media.port_first must be below media.port_last");
    need(faults, is_one_of(serve.log.level, {"debug", "info", "warn", "error"}),
         "log.level is debug, info, warn or error");
    need(faults, is_one_of(serve.log.format, {"text", "json"}), "log.format is text or json");
    need(faults, serve.session.hours_max >= 1 && serve.session.hours_max <= 24,
         "session.hours_max is 1 to 24");
    const Speech& speech = serve.speech;
    need(faults, is_one_of(speech.engine, {"none", "http", "mrcp", "sherpa", "loopback"}),
         "speech.engine is none, http, mrcp, sherpa or loopback");
    need(faults, speech.engine != "http" || is_url(speech.url, {"http://", "https://"}),
         "speech.url begins with http:// or https://");
    need(faults, speech.engine != "http" || !speech.model.empty(),
         "speech.model: which model of the server?");
    need(faults, speech.engine != "sherpa" || (!speech.folder.empty() && !speech.model.empty()),
         "speech.engine sherpa: speech.folder holds a model, speech.model says of which family");
    need(faults, speech.engine != "sherpa" || speech.sherpa != "none",
         "speech.engine sherpa and speech.sherpa none do not go together");
    need(faults, speech.engine != "mrcp" || is_url(speech.url, {"sip:"}),
         "speech.url of MRCP begins with sip:");
    need(faults, speech.engine != "mrcp" || !speech.model.empty(),
         "speech.model: of MRCP the grammar's URI, such as builtin:speech/transcribe");
    need(faults, speech.engine != "loopback" || speech.test,
         "speech.engine loopback is for tests only; speech.test = true says that this is one");
    need(faults, speech.within_ms >= 500 && speech.within_ms <= 15'000,
         "speech.within_ms is 500 to 15000");
    const Outreach& out = serve.outreach;
    need(faults, out.sms_url.empty() || is_url(out.sms_url, {"http://", "https://"}),
         "outreach.sms_url begins with http:// or https://");
    need(faults, out.sms_url.empty() == out.sms_secret_file.empty(),
         "outreach.sms_url and outreach.sms_secret_file go together");
    need(faults, out.smtp_url.empty() || is_url(out.smtp_url, {"smtp://", "smtps://"}),
         "outreach.smtp_url begins with smtp:// or smtps://");
    need(faults, out.smtp_url.empty() == out.smtp_from.empty(),
         "outreach.smtp_url and outreach.smtp_from go together");
    need(faults, out.survey_after_s <= 86'400, "outreach.survey_after_s is 0 to 86400");
    need(faults, out.survey_every_days >= 1 && out.survey_every_days <= 365,
         "outreach.survey_every_days is 1 to 365");
    need(faults, out.survey_valid_days >= 1 && out.survey_valid_days <= 60,
         "outreach.survey_valid_days is 1 to 60");
    for (const auto& trunk : serve.trunk) {
        need(faults, !trunk.name.empty() && !trunk.host.empty(),
             "each [[trunk]] needs a name and a host");
        need(faults, is_one_of(trunk.transport, {"udp", "tcp", "tls"}),
             "trunk.transport is udp, tcp or tls");
    }
    if (!faults.empty()) return Error{std::errc::invalid_argument, faults};
    return Done{};
}

}  // namespace ys::config
