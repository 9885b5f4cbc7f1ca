// SPDX-License-Identifier: Apache-2.0
// The settings of `yingsheng serve`: what the file may say, and what holds when it says nothing.
// Order: flag > environment > file > default; flags and environment are applied by app.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/result.h"
#include "platform/config/speech_config.h"

namespace ys::config {

struct Http {
    std::vector<std::string> listen{"127.0.0.1:8080"};
    std::string certificate;  ///< PEM file; with `key` set, HTTPS only
    std::string key;
    std::string public_url;    ///< how citizens reach it, for links: "https://…"; "" for none
    bool self_signed = false;  ///< make a certificate in the data folder when none is given
    std::uint32_t connections_max = 4096;
    std::uint32_t connections_per_source = 256;
    std::uint32_t body_max_kb = 1024;
    /// Numeric addresses of reverse proxies: their X-Forwarded-For names the source for the login
    /// throttle and the audit. Everybody else's is ignored.
    std::vector<std::string> trusted_proxies;
};
struct Sip {
    std::vector<std::string> listen{"127.0.0.1:5060"};  ///< UDP and TCP
    std::string tls_listen;                             ///< "" for none
    std::string public_address;                         ///< "" to use the listening address
    /// What phones are challenged with: "md5", "sha256+md5", "" for the former on loopback only.
    /// libre 1.1 (Debian's baresip) gives up at the sight of an algorithm it does not know.
    std::string phone_digest;
    std::uint32_t calls_max = 1000;
    std::uint32_t invites_per_second = 400;
    std::uint32_t invites_per_second_per_source = 200;
};
struct Media {
    std::string address;  ///< "" to use that of SIP
    std::uint16_t port_first = 20000;
    std::uint16_t port_last = 29999;
    std::uint32_t threads = 0;  ///< 0: one per core
};
struct Trunk {
    std::string name;
    std::string host;
    std::uint16_t port = 5060;
    std::string transport = "udp";     ///< udp, tcp, tls
    std::vector<std::string> sources;  ///< addresses calls may come from; empty: those of host
    std::string user;                  ///< for digest, "" for none
    std::string password_file;         ///< file holding only the password
    std::uint32_t channels = 0;        ///< voice lines bought: calls beyond get 486; 0: no limit
};
struct Database {
    std::string url;  ///< "" for SQLite in the data folder, or postgresql://…
};
struct Log {
    std::string level = "info";   ///< debug, info, warn, error
    std::string format = "text";  ///< text, json
    std::string file;             ///< "" for standard error
};
struct Session {
    std::uint32_t hours_max = 12;
    std::uint32_t idle_minutes_max = 120;
};
/// Both lie outside the data folder, so that who takes the data has not taken them.
struct Audit {
    std::string heads;  ///< folder of the signed heads; "" for `<data>-keys`
};
struct Vault {
    std::string key_file;  ///< what people's numbers and names are sealed with; "" for
                           ///< `<data>-keys/vault.key`
};
/// Another organisation that cases go to or come from (docs/operating: exchange).
struct Partner {
    std::string name;                 ///< a short word
    std::string centre;               ///< title of the centre it belongs to; "" for the head
    std::string key_file;             ///< holds the key they show us; "": they may not ask
    std::string hook_url;             ///< where webhooks go; "" for none
    std::string hook_secret_file;     ///< holds what webhooks are signed with
    std::string open311_url;          ///< their GeoReport v2, "https://…/open311/v2"; "" for none
    std::string open311_key_file;     ///< holds the key we show them
    std::string unit;                 ///< cases dispatched to this unit of ours go there
    std::uint32_t ask_every_s = 300;  ///< how often their answer is asked for
    /// Networks it may be reached in although they are not public: "10.20.0.0/16".
    std::vector<std::string> allow;
};
/// A system of another office that knows what people ask about, e.g. where their application
/// stands.
struct BusinessSystem {
    std::string name;  ///< a short word, for metrics and the log
    std::string url;   ///< src/backoffice/README.md says what goes over the wire
    /// What it is asked about: "Application" "Appointment" "Document" "Hall" "Stop".
    std::vector<std::string> kinds;
    std::string key_file;  ///< holds the key we show it; "" for none
    /// Networks it may be reached in although they are not public: "10.20.0.0/16".
    std::vector<std::string> allow;
};
/// How citizens are written to; nothing set: the desk tells them.
struct Outreach {
    std::string sms_url;          ///< of an HTTP gateway (src/outreach/io/README.md)
    std::string sms_secret_file;  ///< file holding only the secret shared with it
    std::string sms_sender;       ///< "" for the gateway's own
    std::string smtp_url;         ///< smtp://host:25 or smtps://host:465
    std::string smtp_from;        ///< bare address
    std::string smtp_user;        ///< "" for no sign-in
    std::string smtp_password_file;
    std::string quiet = "21:00-08:00";  ///< only what is urgent is sent then; "" for never
    std::vector<std::string> quiet_of;  ///< centres with hours of their own: "name 22:00-07:00"
    bool survey = true;                 ///< ask by link after calls and cases, where one can
    std::vector<std::string> survey_not_in;  ///< names of centres that ask nobody
    std::uint32_t survey_after_s = 120;      ///< from the end of a call
    std::uint32_t survey_every_days = 7;     ///< at most one to a person in so many days
    std::uint32_t survey_valid_days = 7;     ///< how long the link is good
};
struct Serve {
    std::string data = "./data";
    std::string scenario = "heating";
    std::string time_zone = "Asia/Shanghai";
    std::uint32_t agents = 0;  ///< bench scenario: how many agents to make
    Http http;
    Sip sip;
    Media media;
    std::vector<Trunk> trunk;                     ///< [[trunk]]
    std::vector<Partner> partner;                 ///< [[partner]]
    std::vector<BusinessSystem> business_system;  ///< [[business_system]]
    Database database;
    Log log;
    Session session;
    Audit audit;
    Vault vault;
    Speech speech;
    Outreach outreach;
};

BOOST_DESCRIBE_STRUCT(Http, (),
                      (listen, certificate, key, public_url, self_signed, connections_max,
                       connections_per_source, body_max_kb, trusted_proxies))
BOOST_DESCRIBE_STRUCT(Sip, (),
                      (listen, tls_listen, public_address, phone_digest, calls_max,
                       invites_per_second, invites_per_second_per_source))
BOOST_DESCRIBE_STRUCT(Media, (), (address, port_first, port_last, threads))
BOOST_DESCRIBE_STRUCT(Trunk, (),
                      (name, host, port, transport, sources, user, password_file, channels))
BOOST_DESCRIBE_STRUCT(Database, (), (url))
BOOST_DESCRIBE_STRUCT(Log, (), (level, format, file))
BOOST_DESCRIBE_STRUCT(Session, (), (hours_max, idle_minutes_max))
BOOST_DESCRIBE_STRUCT(Audit, (), (heads))
BOOST_DESCRIBE_STRUCT(Vault, (), (key_file))
BOOST_DESCRIBE_STRUCT(Outreach, (),
                      (sms_url, sms_secret_file, sms_sender, smtp_url, smtp_from, smtp_user,
                       smtp_password_file, quiet, quiet_of, survey, survey_not_in, survey_after_s,
                       survey_every_days, survey_valid_days))
BOOST_DESCRIBE_STRUCT(Partner, (),
                      (name, centre, key_file, hook_url, hook_secret_file, open311_url,
                       open311_key_file, unit, ask_every_s, allow))
BOOST_DESCRIBE_STRUCT(BusinessSystem, (), (name, url, kinds, key_file, allow))
BOOST_DESCRIBE_STRUCT(Serve, (),
                      (data, scenario, time_zone, agents, http, sip, media, trunk, partner,
                       business_system, database, log, session, audit, vault, speech, outreach))

/// Beside the data folder, not in it: "/srv/data-keys" for "/srv/data/".
std::string keys_folder(const std::string& data);

/// Host and port of "127.0.0.1:8080", "[::1]:8080" or ":8080" (every address).
struct Endpoint {
    std::string host;
    std::uint16_t port = 0;
    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};
/// errors  invalid_argument
Result<Endpoint> parse_endpoint(std::string_view text);

/// Reads settings from TOML text. Every wrong key and value is named in the note, one a line.
/// name    what to call the text in messages: the file's path
/// errors  invalid_argument, in words an operator can act on
Result<Serve> parse(std::string_view toml, std::string_view name);
/// errors  those of reading the file, and those of parse
Result<Serve> load(const std::string& path);
/// What no single field shows: ports in order, certificate with key, known words.
/// errors  invalid_argument, one line a fault
Result<Done> check(const Serve& serve);

}  // namespace ys::config
