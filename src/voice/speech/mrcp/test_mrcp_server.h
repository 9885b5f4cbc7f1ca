// SPDX-License-Identifier: Apache-2.0
// For tests: a recogniser of MRCPv2 on real sockets. It hears how loud it is spoken to, and says
// the words that stand for this loudness; or it behaves badly, as told.
#pragma once

#include <poll.h>

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "voice/speech/mrcp/mrcp_message.h"
#include "voice/speech/mrcp/test_mrcp_texts.h"
#include "voice/speech/mrcp/test_sockets.h"

namespace ys::speech {

class TestMrcpServer {
public:
    using Manner = TestManner;
    struct Seen {
        int invites = 0, acks = 0, byes = 0, stops = 0, packets = 0, lost = 0;
        int together_max = 0;  ///< sessions at once
        std::string offer{};
        MrcpMessage recognize{};
    };

    explicit TestMrcpServer(Manner manner) : manner_(std::move(manner)) {
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, wake_), 0);
        thread_ = std::thread([this] { serve(); });
    }
    ~TestMrcpServer() {
        ::close(wake_[1]);
        thread_.join();
        ::close(wake_[0]);
    }

    std::string url() const { return "sip:mrcp@127.0.0.1:" + sip_.port(); }
    Seen seen() {
        const std::lock_guard guard(lock_);
        return seen_;
    }
    /// Waits until it is so; false when it has not become so in a long time.
    bool sees(const std::function<bool(const Seen&)>& wanted) {
        std::unique_lock guard(lock_);
        return changed_.wait_for(guard, sip::patience, [&] { return wanted(seen_); });
    }

private:
    using Turn = Manner::Turn;
    struct Session {
        std::string channel, call_id{};
        TestSocket rtp = TestSocket::at_any_port(SOCK_DGRAM), control{};
        std::string incoming{};
        std::uint32_t request = 0;
        TestEar ear{};
        bool is_up = true;
    };

    void serve() {
        while (true) {
            std::vector<pollfd> wait{
                {wake_[0], POLLIN, 0}, {sip_.fd(), POLLIN, 0}, {listener_.fd(), POLLIN, 0}};
            for (const Session& each : sessions_) {
                wait.push_back({each.rtp.fd(), POLLIN, 0});
                wait.push_back({each.control.fd(), POLLIN, 0});  // Below 0 it is passed over.
            }
            wait.push_back({fresh_.fd(), POLLIN, 0});
            if (::poll(wait.data(), wait.size(), -1) < 0) continue;
            const std::lock_guard guard(lock_);
            if (wait[0].revents != 0) return;
            for (std::size_t i = 0; i < (wait.size() - 4) / 2; ++i) {
                if (wait[3 + 2 * i].revents != 0) on_sound(sessions_[i]);
                if (wait[4 + 2 * i].revents != 0) on_control(sessions_[i]);
            }
            if (wait.back().revents != 0) on_fresh();
            if (wait[2].revents != 0 && fresh_.fd() < 0) fresh_ = listener_.accept();
            if (wait[1].revents != 0) on_sip();
            changed_.notify_all();
        }
    }

    // ---- SIP ----
    void on_sip() {
        sockaddr_in from{};
        const std::string text = sip_.receive(&from);
        const std::string call_id = sip::header_in(text, "Call-ID");
        seen_.acks += text.starts_with("ACK ") ? 1 : 0;
        if (text.starts_with("INVITE ")) on_invite(text, call_id, from);
        if (!text.starts_with("BYE ")) return;
        ++seen_.byes;
        for (Session& each : sessions_)
            if (each.call_id == call_id) each.is_up = false;
        sip_.send_to(from, sip_reply(text, "200 OK", url(), ""));
    }
    void on_invite(const std::string& invite, const std::string& call_id, const sockaddr_in& from) {
        if (!called_.insert(call_id).second) return;  // Repeated.
        ++seen_.invites;
        seen_.offer = invite.substr(std::min(invite.find("\r\n\r\n"), invite.size()));
        if (manner_.sip.empty()) return;
        if (!manner_.sip.starts_with("200"))
            return sip_.send_to(from, sip_reply(invite, manner_.sip, url(), ""));
        sessions_.push_back(
            {.channel = std::to_string(sessions_.size()) + "a@speechrecog", .call_id = call_id});
        const Session& session = sessions_.back();
        const auto up = std::count_if(sessions_.begin(), sessions_.end(),
                                      [](const Session& s) { return s.is_up; });
        seen_.together_max = std::max(seen_.together_max, static_cast<int>(up));
        const std::string sdp = sdp_of({manner_.media_address, listener_.port(), session.channel,
                                        session.rtp.port(), manner_.codecs});
        sip_.send_to(from, sip_reply(invite, manner_.sip, url(), sdp));
    }

    // ---- MRCP ----
    void on_fresh() {
        const std::string text = fresh_.receive();
        for (Session& each : sessions_)
            if (text.find(each.channel) != std::string::npos) {
                each.control = std::move(fresh_);
                take(each, text);
            }
        fresh_.close();
    }
    void on_control(Session& session) {
        const std::string text = session.control.receive();
        if (text.empty()) return session.control.close();
        take(session, text);
    }
    void take(Session& session, const std::string& text) {
        session.incoming += text;
        const auto length = mrcp_length(session.incoming);
        if (!length || !*length || session.incoming.size() < **length) return;
        const auto message = parse_mrcp(session.incoming.substr(0, **length));
        session.incoming.clear();
        if (!message) return;
        if (message->name == "STOP") ++seen_.stops;
        if (message->name != "RECOGNIZE") return;
        seen_.recognize = *message;
        session.request = message->request;
        if (manner_.turn == Turn::LiesAboutLength)
            return session.control.send("MRCP/2.0 99999999 1 200 IN-PROGRESS\r\n\r\n");
        const bool is_refused = manner_.turn == Turn::Refuses;
        MrcpMessage answer{
            .kind = MrcpMessage::Kind::Response,
            .status = is_refused ? 407 : 200,
            .state = is_refused ? MrcpMessage::State::Complete : MrcpMessage::State::InProgress};
        if (is_refused) answer.headers.emplace_back("Completion-Cause", "004 grammar-load-failure");
        say(session, std::move(answer));
    }
    /// In two pieces, as a network may cut it.
    static void say(const Session& session, MrcpMessage message) {
        message.request = session.request;
        message.headers.emplace_back("Channel-Identifier", session.channel);
        const std::string text = format_mrcp(message);
        session.control.send(std::string_view(text).substr(0, 11));
        session.control.send(std::string_view(text).substr(11));
    }
    void on_sound(Session& session) {
        TestEar& ear = session.ear;
        const TestEar before = ear;
        ear.take(session.rtp.receive());
        if (before.has_heard_all || ear.packets == before.packets) return;
        ++seen_.packets;
        seen_.lost += ear.lost - before.lost;
        if (ear.packets == 5 && manner_.turn == Turn::Closes) session.control.close();
        if (ear.packets == 2 && manner_.turn == Turn::Answers)
            say(session, {.kind = MrcpMessage::Kind::Event,
                          .name = "START-OF-INPUT",
                          .state = MrcpMessage::State::InProgress});
        if (ear.has_heard_all && manner_.turn == Turn::Answers) complete(session);
    }
    void complete(const Session& session) const {
        MrcpMessage event{.kind = MrcpMessage::Kind::Event, .name = "RECOGNITION-COMPLETE"};
        event.headers.emplace_back("Completion-Cause", manner_.cause);
        const auto said = manner_.words.find((session.ear.loudest + 500) / 1000);
        if (said != manner_.words.end()) {
            event.headers.emplace_back("Content-Type", "application/nlsml+xml");
            event.body = nlsml_of(said->second);
        }
        say(session, std::move(event));
    }

    const Manner manner_;
    TestSocket sip_ = TestSocket::at_any_port(SOCK_DGRAM);
    TestSocket listener_ = TestSocket::at_any_port(SOCK_STREAM);
    TestSocket fresh_;  ///< a connection whose owner its first message will show
    int wake_[2] = {-1, -1};
    std::vector<Session> sessions_;
    std::set<std::string> called_;  ///< Call-IDs
    std::mutex lock_;
    std::condition_variable changed_;
    Seen seen_;
    std::thread thread_;
};

}  // namespace ys::speech
