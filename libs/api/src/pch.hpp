// Precompiled: what every endpoint includes.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include <boost/describe.hpp>
#include <nlohmann/json.hpp>
