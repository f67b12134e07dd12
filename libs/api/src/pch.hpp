// Precompiled: what every endpoint includes.
#pragma once

#include <algorithm>
#include <array>
#include <boost/describe.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>
