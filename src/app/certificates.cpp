// SPDX-License-Identifier: Apache-2.0
#include "app/certificates.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "platform/clock.h"
#include "platform/http/tls_context.h"

namespace ys::app {
namespace {

namespace fs = std::filesystem;

struct Pair {
    fs::path certificate, key;
};

/// Certificate and key of the settings, or those made for `host`; empty paths when there are none.
Result<Pair> certificate_of(const config::Serve& settings, const std::string& host) {
    if (!settings.http.certificate.empty())
        return Pair{settings.http.certificate, settings.http.key};
    if (!settings.http.self_signed) return Pair{};
    const fs::path folder = fs::path{settings.data} / "https";
    Pair made{folder / "certificate.pem", folder / "key.pem"};
    if (fs::exists(made.certificate)) return made;
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return Error{error, "making " + folder.string()};
    YS_TRY([[maybe_unused]] const Done done,
           http::make_self_signed(made.certificate, made.key, {host}, utc_now()));
    return made;
}

Result<std::string> text_of(const fs::path& file) {
    std::ifstream in{file, std::ios::binary};
    std::ostringstream text;
    text << in.rdbuf();
    if (!in || text.str().empty())
        return Error{std::errc::no_such_file_or_directory, "reading " + file.string()};
    return text.str();
}

/// Writes a file only its owner can read.
Result<Done> write_private(const fs::path& file, const std::string& text) {
    std::error_code error;
    std::ofstream{file, std::ios::binary};  // Nobody can read the key between the two steps.
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, error);
    std::ofstream out{file, std::ios::binary | std::ios::trunc};
    out << text << std::flush;
    if (error || !out) return Error{std::errc::io_error, "writing " + file.string()};
    return Done{};
}

}  // namespace

Result<std::shared_ptr<boost::asio::ssl::context>> https_context(const config::Serve& settings,
                                                                 const std::string& host) {
    YS_TRY(const Pair pair, certificate_of(settings, host));
    if (pair.certificate.empty()) return std::shared_ptr<boost::asio::ssl::context>{};
    return http::tls_context(pair.certificate, pair.key);
}

Result<std::string> sip_certificate_dir(const config::Serve& settings) {
    if (settings.sip.tls_listen.empty()) return std::string{};
    const fs::path folder = fs::path{settings.data} / "sip-tls";
    YS_TRY(const config::Endpoint at, config::parse_endpoint(settings.sip.tls_listen));
    YS_TRY(const Pair pair, certificate_of(settings, at.host));
    if (pair.certificate.empty()) {
        if (fs::exists(folder / "agent.pem")) return folder.string();
        return Error{
            std::errc::invalid_argument,
            "sip.tls_listen needs http.certificate and http.key, or http.self_signed, or " +
                (folder / "agent.pem").string()};
    }
    YS_TRY(const std::string chain, text_of(pair.certificate));
    YS_TRY(const std::string key, text_of(pair.key));
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return Error{error, "making " + folder.string()};
    YS_TRY([[maybe_unused]] const Done one,
           write_private(folder / "agent.pem", key + "\n" + chain));
    YS_TRY([[maybe_unused]] const Done two, write_private(folder / "cafile.pem", chain));
    return folder.string();
}

}  // namespace ys::app
