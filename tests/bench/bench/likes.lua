-- SPDX-FileCopyrightText: 2026 The TikGok authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- For wrk: many people, each toggling their likes of random videos, so that every request changes something.
-- Arguments: path, first video, number of videos, then one token per person.
local count = 0

function setup(thread)
    thread:set("number", count)
    count = count + 1
end

function init(args)
    path, first, videos = args[1], tonumber(args[2]), tonumber(args[3])
    people, liked = {}, {}
    -- Each thread has people of its own: nobody's likes are toggled from two sides.
    for i = 4 + number, #args, 2 do
        people[#people + 1] = args[i]
        liked[#people] = {}
    end
    math.randomseed(4711 + number)
end

-- Written out by hand, and no look at the bodies: wrk runs on the same CPUs as what it measures.
function request()
    local who, video = math.random(#people), math.random(0, videos - 1)
    local mine = liked[who]
    mine[video] = not mine[video]
    return "POST " .. path .. "?video_id=" .. (first + video) .. (mine[video] and "&action_type=1&token=" or
        "&action_type=2&token=") .. people[who] .. " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
end
