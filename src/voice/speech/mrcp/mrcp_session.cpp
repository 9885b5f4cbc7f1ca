// SPDX-License-Identifier: Apache-2.0
// Everything happens in run(), on the thread that asks: what SIP says is posted to it.
#include "voice/speech/mrcp/mrcp_session.h"

#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "base/text.h"
#include "voice/speech/errc.h"
#include "voice/speech/mrcp/recognition.h"

namespace ys::speech {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

constexpr std::uint32_t recognize_id = 1;
constexpr std::uint32_t stop_id = 2;
constexpr std::size_t note_max = 100;

}  // namespace

MrcpSession::MrcpSession(Terms terms, std::span<const std::int16_t> samples, Millis within)
    : terms_(std::move(terms)), samples_(samples), within_(within) {}

void MrcpSession::tell(sip::SipEvent event) {
    asio::post(io_, [this, e = std::move(event)] { on_sip(e); });
}

Result<SpokenWords> MrcpSession::run() {
    deadline_.expires_after(within_);
    deadline_.async_wait([this](const error_code& error) {
        if (!error) finish(Error{Errc::timed_out, "the recogniser"});
    });
    invite();
    if (!outcome_) io_.run();
    part();
    YS_ASSERT(outcome_);
    return *std::move(outcome_);
}

void MrcpSession::finish(Result<SpokenWords> outcome) {
    if (outcome_) return;
    outcome_ = std::move(outcome);
    io_.stop();
}

void MrcpSession::fail(std::string why) { finish(Error{Errc::failed, std::move(why)}); }

/// Takes leave of the server: nobody waits for what it says to that.
void MrcpSession::part() {
    sound_.reset();
    if (is_recognising_ && answer_) {
        // RFC 6787 §9.10. As much of it as goes at once; the BYE says the same.
        const std::string stop = format_mrcp(stop_request(stop_id, answer_->channel));
        error_code ignored;
        socket_.non_blocking(true, ignored);
        socket_.write_some(asio::buffer(stop), ignored);
    }
    if (is_called_) terms_.sip.hang_up(terms_.leg, "SIP;cause=200;text=\"Done\"");
    error_code ignored;
    socket_.close(ignored);
}

// ---- the call -----------------------------------------------------------------------------------

void MrcpSession::invite() {
    auto sockets = media::bind_rtp(terms_.here, 0, 0, false);
    if (!sockets) return fail(sockets.error().note);
    sound_ = std::make_unique<UtteranceSender>(io_, std::move(sockets->rtp), samples_,
                                               terms_.server.pace);
    is_called_ = true;
    terms_.sip.invite(
        {.leg = terms_.leg,
         .target = terms_.server.target,
         .to = sip::OutgoingCall::To::Uri,
         .trunk = {},
         .from_user = "yingsheng",
         .from_name = {},
         .sdp = write_mrcp_offer({terms_.here, sound_->port(), media::unguessable()})});
}

void MrcpSession::on_sip(const sip::SipEvent& event) {
    if (const auto* answered = std::get_if<sip::Answered>(&event)) return on_answer(answered->sdp);
    const auto* ended = std::get_if<sip::Ended>(&event);
    if (ended == nullptr) return;  // It rings, or asks for what a call of seconds does not need.
    is_called_ = false;
    if (ended->status == 0) return fail("the recogniser hung up");
    fail("SIP " + std::to_string(ended->status) + " " + cleaned(ended->reason, note_max));
}

/// Its own address, or one that the operator or the whole world may reach.
bool MrcpSession::may_reach(const std::string& address) const {
    const auto own = media::SocketAddress::parse(terms_.server.address, 1);
    const auto other = media::SocketAddress::parse(address, 1);
    return own && other && (own->same_address(*other) || terms_.guard.allows(address));
}

void MrcpSession::on_answer(const std::string& sdp) {
    if (answer_) return;
    auto answer = read_mrcp_answer(sdp);
    if (!answer) return finish(Error{Errc::failed, answer.error().note});
    if (!may_reach(answer->control_address) || !may_reach(answer->rtp_address))
        return fail("the recogniser names an address that speech.allow does not");
    answer_ = *std::move(answer);
    connect();
}

// ---- the control channel ------------------------------------------------------------------------

void MrcpSession::connect() {
    error_code error;
    const auto address = asio::ip::make_address(answer_->control_address, error);
    if (error) return fail("the address of the control channel");
    socket_.async_connect({address, answer_->control_port}, [this](const error_code& failed) {
        if (failed) return fail("connecting the control channel: " + failed.message());
        error_code ignored;
        socket_.set_option(tcp::no_delay(true), ignored);
        send(recognize_request(recognize_id,
                               {answer_->channel, terms_.grammar, terms_.language, within_}));
        receive();
    });
}

void MrcpSession::send(const MrcpMessage& message) {
    outgoing_ = format_mrcp(message);
    asio::async_write(socket_, asio::buffer(outgoing_), [this](const error_code& error, auto) {
        if (error) fail("writing to the control channel: " + error.message());
    });
}

void MrcpSession::receive() {
    socket_.async_read_some(asio::buffer(piece_), [this](const error_code& error, std::size_t n) {
        if (error) return fail("the control channel ended: " + error.message());
        on_bytes(n);
    });
}

void MrcpSession::on_bytes(std::size_t count) {
    incoming_.append(piece_.data(), count);
    while (!outcome_) {
        const auto length = mrcp_length(incoming_);
        if (!length) return fail(length.error().note);
        if (!*length || incoming_.size() < **length) return receive();
        const auto message = parse_mrcp(std::string_view(incoming_).substr(0, **length));
        if (!message) return fail(message.error().note);
        incoming_.erase(0, **length);
        on_message(*message);
    }
}

void MrcpSession::on_message(const MrcpMessage& message) {
    const std::string_view channel = message.header("Channel-Identifier");
    if (!channel.empty() && !equals_ignoring_case(channel, answer_->channel))
        return fail("MRCP: a message of another channel");
    switch (message.kind) {
        case MrcpMessage::Kind::Response:
            return on_response(message);
        case MrcpMessage::Kind::Event:
            // START-OF-INPUT tells nothing that the ear does not know.
            if (message.name != "RECOGNITION-COMPLETE" || message.request != recognize_id) return;
            is_recognising_ = false;
            return finish(words_of_completion(message));
        case MrcpMessage::Kind::Request:
            return fail("MRCP: a request by the server");
    }
}

void MrcpSession::on_response(const MrcpMessage& response) {
    if (response.request != recognize_id || is_recognising_) return;
    if (auto begun = begun_by(response); !begun)
        return finish(Error{Errc::failed, begun.error().note});
    is_recognising_ = true;
    // Not before: what comes while nobody recognises is lost.
    const auto to = media::SocketAddress::parse(answer_->rtp_address, answer_->rtp_port);
    if (!to) return fail("the address for sound");
    sound_->begin(*to, answer_->is_ulaw);
}

}  // namespace ys::speech
