// SPDX-License-Identifier: Apache-2.0
// libphonenumber's offline geocoder, the only place that includes its headers.
#include "routing/io/phone_area.h"

#include <phonenumbers/geocoding/phonenumber_offline_geocoder.h>
#include <phonenumbers/phonenumberutil.h>

namespace ys::routing {

std::string phone_area(std::string_view number) {
    using i18n::phonenumbers::PhoneNumber;
    using i18n::phonenumbers::PhoneNumberOfflineGeocoder;
    using i18n::phonenumbers::PhoneNumberUtil;
    static const PhoneNumberOfflineGeocoder plan;
    constexpr std::size_t digits_max = 20;
    // Numbers of other countries are no city of ours.
    if (number.size() > digits_max || !(number.starts_with('0') || number.starts_with('1')))
        return {};
    PhoneNumber parsed;
    const PhoneNumberUtil& rules = *PhoneNumberUtil::GetInstance();
    if (rules.Parse(std::string{number}, "CN", &parsed) != PhoneNumberUtil::NO_PARSING_ERROR)
        return {};
    const std::string area = plan.GetDescriptionForNumber(parsed, icu::Locale("zh", "CN"));
    return area == "中国" ? std::string{} : area;
}

}  // namespace ys::routing
