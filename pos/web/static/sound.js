/* Three sounds: a short high one for yes, two low ones for no, two soft ones for "once more".  Made,
 * not fetched. */
(function () {
    'use strict';

    const PULSES = { ok: 40, again: [30, 60, 30], bad: [80, 60, 80] };
    let audio = null;

    /* Browsers allow sound after the first key or tap. */
    function wake() {
        const Context = window.AudioContext || window.webkitAudioContext;
        if (!audio && Context) {
            audio = new Context();
        }
        if (audio && audio.state === 'suspended') {
            audio.resume();
        }
    }

    function tone(hertz, ms, afterMs, loud) {
        const source = audio.createOscillator(), gain = audio.createGain();
        const start = audio.currentTime + afterMs / 1000, end = start + ms / 1000;
        source.frequency.value = hertz;
        gain.gain.setValueAtTime(loud || 0.2, start);
        gain.gain.setTargetAtTime(0, end - 0.01, 0.004);
        source.connect(gain);
        gain.connect(audio.destination);
        source.start(start);
        source.stop(end + 0.03);
    }

    /* kind: "ok", "again", "bad", or nothing. */
    function play(kind) {
        if (audio && kind === 'ok') {
            tone(880, 60, 0);
        } else if (audio && kind === 'again') {
            tone(440, 70, 0, 0.1);
            tone(440, 70, 120, 0.1);
        } else if (audio && kind === 'bad') {
            tone(220, 150, 0);
            tone(220, 150, 200);
        }
        if (navigator.vibrate && kind) {
            navigator.vibrate(PULSES[kind]);
        }
    }

    document.addEventListener('keydown', wake, true);
    document.addEventListener('pointerdown', wake, true);
    window.etalaseSound = play;
}());
