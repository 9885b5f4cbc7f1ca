// SPDX-License-Identifier: Apache-2.0
#include "platform/config/serve_config.h"

#include <gtest/gtest.h>

namespace ys::config {
namespace {

std::string fault_of(std::string_view text) {
    const auto read = parse(text, "a.toml");
    return read ? "" : read.error().note;
}

TEST(ServeConfig, an_empty_file_is_the_defaults) {
    const auto read = parse("", "a.toml");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->http.listen, std::vector<std::string>{"127.0.0.1:8080"});
    EXPECT_EQ(read->scenario, "heating");
}

TEST(ServeConfig, a_gateway_has_a_secret_and_a_mail_server_a_sender) {
    EXPECT_EQ(fault_of("[outreach]\nsms_url = \"https://sms.example/send\""),
              "outreach.sms_url and outreach.sms_secret_file go together");
    EXPECT_EQ(fault_of("[outreach]\nsmtp_url = \"mail.example\"\nsmtp_from = \"a@b.example\""),
              "outreach.smtp_url begins with smtp:// or smtps://");
    EXPECT_EQ(
        fault_of("[outreach]\nsmtp_url = \"smtps://mail.example\"\nsmtp_from = \"a@b.example\""),
        "");
}

TEST(ServeConfig, a_recogniser_has_a_url_and_a_model_and_the_stand_in_is_for_tests) {
    EXPECT_EQ(fault_of("[speech]\nengine = \"magic\""),
              "speech.engine is none, http, mrcp, sherpa or loopback");
    EXPECT_EQ(
        fault_of("[speech]\nengine = \"sherpa\"\nmodel = \"paraformer\""),
        "speech.engine sherpa: speech.folder holds a model, speech.model says of which family");
    EXPECT_EQ(fault_of("[speech]\nengine = \"http\"\nmodel = \"m\""),
              "speech.url begins with http:// or https://");
    EXPECT_EQ(fault_of("[speech]\nengine = \"http\"\nurl = \"https://asr.example\""),
              "speech.model: which model of the server?");
    EXPECT_EQ(fault_of("[speech]\nengine = \"mrcp\"\nurl = \"https://asr.example\"\nmodel = \"m\""),
              "speech.url of MRCP begins with sip:");
    EXPECT_EQ(fault_of("[speech]\nengine = \"mrcp\"\nurl = \"sip:10.20.0.9\""),
              "speech.model: of MRCP the grammar's URI, such as builtin:speech/transcribe");
    EXPECT_EQ(fault_of("[speech]\nengine = \"loopback\"\nfolder = \"x\""),
              "speech.engine loopback is for tests only; speech.test = true says that this is one");
    EXPECT_EQ(fault_of("[speech]\nengine = \"loopback\"\nfolder = \"x\"\ntest = true"), "");
    EXPECT_EQ(fault_of("[speech]\nwithin_ms = 60000"), "speech.within_ms is 500 to 15000");
}

TEST(ServeConfig, sections_lists_and_tables_are_read) {
    const auto read = parse(R"(
data = "/srv/ys"
[http]
listen = ["0.0.0.0:443", "[::]:443"]
certificate = "c.pem"
key = "k.pem"
[[trunk]]
name = "telecom"
host = "10.0.0.1"
sources = ["10.0.0.1", "10.0.0.2"]
)",
                            "a.toml");
    ASSERT_TRUE(read) << read.error().note;
    EXPECT_EQ(read->data, "/srv/ys");
    EXPECT_EQ(read->http.listen.size(), 2U);
    ASSERT_EQ(read->trunk.size(), 1U);
    EXPECT_EQ(read->trunk[0].sources[1], "10.0.0.2");
    EXPECT_EQ(read->trunk[0].port, 5060);
}

TEST(ServeConfig, a_misspelt_key_is_named_with_its_line_and_the_likely_one) {
    EXPECT_EQ(fault_of("[http]\nlisten = []\nbody_max_k = 3\n"),
              "a.toml:3: there is no setting `http.body_max_k`; did you mean `http.body_max_kb`?");
    EXPECT_EQ(fault_of("zzzzzzzzzz = 1\n"), "a.toml:1: there is no setting `zzzzzzzzzz`");
}

TEST(ServeConfig, every_fault_is_told_at_once) {
    EXPECT_EQ(fault_of("data = 3\nscenario = true\n"),
              "a.toml:1: `data` is text in quotes\na.toml:2: `scenario` is text in quotes");
}

TEST(ServeConfig, a_number_out_of_range_is_refused) {
    EXPECT_EQ(fault_of("[media]\nport_first = 70000\n"),
              "a.toml:2: `media.port_first` is a whole number from 0 to 65535");
    EXPECT_EQ(fault_of("[media]\nport_first = -1\n"),
              "a.toml:2: `media.port_first` is a whole number from 0 to 65535");
}

TEST(ServeConfig, text_that_is_not_toml_is_refused_with_its_line) {
    EXPECT_TRUE(fault_of("a = 1\n[http\n").starts_with("a.toml:2: "));
}

TEST(ServeConfig, a_certificate_without_its_key_is_refused) {
    EXPECT_EQ(fault_of("[http]\ncertificate = \"c.pem\"\n"),
              "http.certificate and http.key go together");
}

TEST(ServeConfig, endpoints_are_address_and_port) {
    EXPECT_EQ(*parse_endpoint("127.0.0.1:80"), (Endpoint{"127.0.0.1", 80}));
    EXPECT_EQ(*parse_endpoint("[::1]:80"), (Endpoint{"::1", 80}));
    EXPECT_EQ(*parse_endpoint(":80"), (Endpoint{"0.0.0.0", 80}));
    for (const char* bad : {"", "80", "a:", "a:65536", "::1:80", "a:-1"})
        EXPECT_FALSE(parse_endpoint(bad)) << bad;
}

}  // namespace
}  // namespace ys::config
