// SPDX-License-Identifier: Apache-2.0
#include "voice/call/sip_status.h"

namespace ys::call {

using interactions::EndCause;

SipAnswer sip_answer_for(EndCause cause) {
    switch (cause) {
        case EndCause::NoSuchNumber:
            return {404, "Not Found", 0};
        case EndCause::NotAllowed:
            return {403, "Forbidden", 0};
        case EndCause::Busy:
        case EndCause::QueueFull:
            return {486, "Busy Here", 0};
        case EndCause::Declined:
            return {603, "Decline", 0};
        case EndCause::MediaFailed:
            return {488, "Not Acceptable Here", 0};
        case EndCause::NoAnswer:
            return {480, "Temporarily Unavailable", 0};
        case EndCause::Overload:
        case EndCause::Drained:
            return {503, "Service Unavailable", 10};
        case EndCause::SystemError:
            return {500, "Server Internal Error", 0};
        default:
            return {480, "Temporarily Unavailable", 0};
    }
}

EndCause cause_of_status(int status) {
    switch (status) {
        case 0:
            return EndCause::Completed;
        case 486:
        case 600:
            return EndCause::Busy;
        case 603:
        case 607:
            return EndCause::Declined;
        case 404:
        case 410:
        case 484:
        case 604:
            return EndCause::NoSuchNumber;
        case 403:
        case 401:
        case 407:
            return EndCause::NotAllowed;
        case 408:
        case 480:
        case 487:
            return EndCause::NoAnswer;
        case 488:
        case 606:
        case 415:
            return EndCause::MediaFailed;
        case 503:
            return EndCause::Overload;
        default:
            return EndCause::SystemError;
    }
}

}  // namespace ys::call
