/* Two sounds for the till: a short high one for yes, two low ones for no.  Made, not fetched. */
(function () {
    'use strict';

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

    function tone(hertz, ms, afterMs) {
        const source = audio.createOscillator(), gain = audio.createGain();
        const start = audio.currentTime + afterMs / 1000, end = start + ms / 1000;
        source.frequency.value = hertz;
        gain.gain.setValueAtTime(0.2, start);
        gain.gain.setTargetAtTime(0, end - 0.01, 0.004);
        source.connect(gain);
        gain.connect(audio.destination);
        source.start(start);
        source.stop(end + 0.03);
    }

    /* kind: "ok", "bad", or nothing. */
    function play(kind) {
        if (audio && kind === 'ok') {
            tone(880, 60, 0);
        } else if (audio && kind === 'bad') {
            tone(220, 150, 0);
            tone(220, 150, 200);
        }
        if (navigator.vibrate && kind) {
            navigator.vibrate(kind === 'ok' ? 40 : [80, 60, 80]);
        }
    }

    document.addEventListener('keydown', wake, true);
    document.addEventListener('pointerdown', wake, true);
    window.etalaseSound = play;
}());
