// How each page of web/ is served: what its document may load, as measured with Chromium.
#pragma once

#include <rollcall/http/static_files.hpp>

namespace rollcall::web {

// Nothing but own files. The preview of a chosen photo is a blob: image.
inline constexpr http::StaticPolicy kHomePolicy{
    .content_security_policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"};

// Swagger UI draws its icons from data: URLs.
inline constexpr http::StaticPolicy kSwaggerPolicy{
    .content_security_policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"};

// ReDoc makes style elements and runs its search in a blob: worker. Its logo from cdn.redoc.ly stays blocked.
inline constexpr http::StaticPolicy kRedocPolicy{
    .content_security_policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "worker-src blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"};

}  // namespace rollcall::web
