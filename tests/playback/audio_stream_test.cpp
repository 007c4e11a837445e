// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/audio_stream.h"

#include <QTest>

#include <numeric>
#include <vector>

namespace tikgok::test {

// Time is handed in; nothing here waits.
class AudioStreamTest : public QObject {
    Q_OBJECT

private:
    using Time = MediaClock::Time;
    static constexpr int kRate = AudioStream::kRate;

    static Time at(double ms) { return Time() + std::chrono::microseconds(int64_t(1000 * ms)); }

    static MediaClock clockAt(int64_t mediaUs, double ms, double rate = 1) {
        MediaClock clock;
        clock.rate = rate;
        clock.set(mediaUs, at(ms));
        clock.start(at(ms));
        return clock;
    }

    // A tone of one value, so that it is plain what came out.
    static void append(AudioStream& stream, int16_t value, int ms, int64_t fromMs, double rate = 1) {
        const std::vector<int16_t> samples(std::size_t(ms) * kRate / 1000 * 2, value);
        stream.append(samples.data(), int(samples.size() / 2), fromMs * 1000, rate);
    }

    static std::vector<int> read(AudioStream& stream, int ms, double heardAtMs) {
        std::vector<int32_t> sum(std::size_t(ms) * kRate / 1000 * 2, 0);
        stream.mixInto(sum.data(), int(sum.size() / 2), at(heardAtMs));
        std::vector<int> left;
        for (std::size_t i = 0; i < sum.size(); i += 2)
            left.push_back(sum[i]);
        return left;
    }

    // Where sound starts and ends, in ms; -1 for silence all through.
    static int firstMs(const std::vector<int>& samples) {
        for (std::size_t i = 0; i < samples.size(); ++i) {
            if (samples[i] != 0)
                return int(i) * 1000 / kRate;
        }
        return -1;
    }
    static int soundMs(const std::vector<int>& samples) {
        return int(std::ranges::count_if(samples, [](int s) { return s != 0; })) * 1000 / kRate;
    }

private Q_SLOTS:
    void theClockCountsWithItsRate() {
        MediaClock clock = clockAt(1000000, 0, 2);
        QCOMPARE(clock.at(at(500)), 2000000);
        clock.setRate(0.5, at(500));
        QCOMPARE(clock.at(at(700)), 2100000);
        clock.stop(at(700));
        QCOMPARE(clock.at(at(9000)), 2100000);
        clock.start(at(9000));
        QCOMPARE(clock.at(at(9100)), 2150000);
    }

    void playsWhatIsDue() {
        AudioStream stream;
        append(stream, 1000, 500, 0);
        stream.setClock(clockAt(0, 0));
        const auto samples = read(stream, 100, 0);
        QCOMPARE(firstMs(samples), 0);
        QCOMPARE(samples.back(), 1000);
        // The first 5 ms fade in.
        QVERIFY(samples[10] < 200);
        QVERIFY(samples[std::size_t(kRate) / 100] == 1000);
    }

    void leavesOutWhatIsLate() {
        AudioStream stream;
        append(stream, 1000, 100, 0);
        append(stream, 2000, 100, 100);
        stream.setClock(clockAt(0, 0));
        // Heard 150 ms after the start: half of the second piece is left.
        const auto samples = read(stream, 100, 150);
        QVERIFY(std::abs(soundMs(samples) - 50) <= 1);
        QCOMPARE(*std::ranges::max_element(samples), 2000);
    }

    void waitsForWhatIsEarly() {
        AudioStream stream;
        append(stream, 1000, 100, 60);
        stream.setClock(clockAt(0, 0));
        const auto samples = read(stream, 100, 0);
        QVERIFY(std::abs(firstMs(samples) - 60) <= 1);
        QVERIFY(std::abs(firstMs(read(stream, 100, 100)) - 0) <= 1);
    }

    void staysAsItIsWithinTheTolerance() {
        AudioStream stream;
        append(stream, 1000, 500, 0);
        stream.setClock(clockAt(0, 0));
        read(stream, 20, 0);
        // The device says 10 ms more or less: nothing is cut and nothing is put in.
        QCOMPARE(soundMs(read(stream, 20, 30)), 20);
        QCOMPARE(soundMs(read(stream, 20, 30)), 20);
        // 60 ms late is heard: it jumps.
        read(stream, 20, 120);
        int left = 0;
        for (int i = 0; i < 50; ++i)
            left += soundMs(read(stream, 10, 140 + i * 10));
        QVERIFY2(std::abs(left - 360) <= 12, qPrintable(QString::number(left)));
    }

    void atAnotherRateTheSamplesLastShorter() {
        AudioStream stream;
        append(stream, 1000, 100, 0, 2);  // 200 ms of the media
        append(stream, 2000, 100, 200, 2);
        stream.setClock(clockAt(0, 0, 2));
        QCOMPARE(soundMs(read(stream, 100, 0)), 100);
        const auto samples = read(stream, 100, 100);
        QCOMPARE(samples.back(), 2000);
        QCOMPARE(soundMs(samples), 100);
    }

    void pausedAndMutedAreSilent() {
        AudioStream stream;
        append(stream, 1000, 500, 0);
        MediaClock clock = clockAt(0, 0);
        stream.setClock(clock);
        read(stream, 50, 0);
        clock.stop(at(50));
        stream.setClock(clock);
        // Fades out in 5 ms instead of clicking.
        const auto fading = read(stream, 50, 50);
        QVERIFY(fading.front() > 900);
        QVERIFY(soundMs(fading) <= 6);
        QCOMPARE(firstMs(read(stream, 50, 100)), -1);
        clock.start(at(200));
        stream.setClock(clock);
        stream.setGain(0);
        QCOMPARE(firstMs(read(stream, 50, 200)), -1);
        stream.setGain(0.5F);
        QCOMPARE(read(stream, 50, 250).back(), 500);
    }

    void theNextLoopCutsTheTailOfTheLast() {
        AudioStream stream;
        append(stream, 1000, 100, 0);
        append(stream, 2000, 100, 70);
        stream.setClock(clockAt(0, 0));
        const auto samples = read(stream, 170, 0);
        QCOMPARE(samples[std::size_t(kRate) * 60 / 1000], 1000);
        QCOMPARE(samples[std::size_t(kRate) * 80 / 1000], 2000);
        QVERIFY(std::abs(soundMs(samples) - 170) <= 1);
    }

    void twoStreamsAreSummed() {
        AudioStream one;
        AudioStream two;
        append(one, 1000, 100, 0);
        append(two, 500, 100, 0);
        one.setClock(clockAt(0, 0));
        two.setClock(clockAt(0, 0));
        std::vector<int32_t> sum(std::size_t(kRate) / 10 * 2, 0);
        one.mixInto(sum.data(), kRate / 10, at(0));
        two.mixInto(sum.data(), kRate / 10, at(0));
        QCOMPARE(sum.back(), 1500);
    }

    void withoutADeviceItDoesNotGrow() {
        AudioStream stream;
        MediaClock clock;
        clock.set(0, std::chrono::steady_clock::now());
        stream.setClock(clock);
        append(stream, 1, 1000, 0);
        QCOMPARE(stream.bufferedUs(), 1000000);
        clock.set(5000000, std::chrono::steady_clock::now());
        stream.setClock(clock);
        QCOMPARE(stream.bufferedUs(), 0);
        append(stream, 1, 100, 5000);
        QVERIFY(std::abs(stream.bufferedUs() - 100000) < 100);
        stream.clear();
        QCOMPARE(stream.bufferedUs(), 0);
    }
};

}  // namespace tikgok::test

QTEST_GUILESS_MAIN(tikgok::test::AudioStreamTest)
#include "audio_stream_test.moc"
