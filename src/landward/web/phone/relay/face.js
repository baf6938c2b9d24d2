// What the computer made and sealed for this phone: the newest of it is kept here, sealed as it
// came, and opened part by part. The page works nothing out of it: it shows ready words.

import { openSealed } from "./seal.js";
import { openBlob, unpacked } from "./shelf.js";
import { keep, kept } from "./store.js";

export const VERSION = 1;
const NEWER = "Your computer is newer than this page. Close this page and open it again, so that it "
  + "can show what your computer sent. Writing works.";
const OLDER = "The relay holds an older page than this phone has. The newer one stays here.";

const opening = async (me, key, publicKey, part) => {
  const info = `landward phone face 1\nshelf ${me.shelf.shelf}\nkey ${publicKey}`;
  const packed = await openSealed(key, publicKey, new TextEncoder().encode(info), part);
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(plain).text());
};

const partsOf = ({ head, bytes }) => {
  const [first, second] = head.parts;
  return [bytes.slice(0, first), bytes.slice(first, first + second)];
};

// Takes up the newest face among some blobs. Resolves to a line to say, "" for none.
export const takeUp = async (me, blobs) => {
  let newest = await kept("face");
  let line = "";
  for (const one of blobs) {
    const content = await openBlob(me.shelf, one);
    const face = content && unpacked(content);
    if (face?.head?.kind !== "face") continue;
    if (face.head.v > VERSION) {
      line = NEWER;
    } else if (!newest || face.head.n > newest.head.n) {
      newest = face;
      line = "";
      await keep("face", face);
      if (face.head.for === me.device && face.head.parts[0]) {
        const outside = await opening(me, me.opens, me.opensPublic, partsOf(face)[0])
          .catch(() => undefined);
        if (outside) await keep("outside", outside);
      }
    } else if (face.head.n < newest.head.n) {
      line ||= OLDER;
    }
  }
  return line;
};

// Whether the computer said yes to this phone: what it sent was sealed to this phone's keys.
export const isLetIn = (face, me) =>
  face?.head.for === me.device && face.head.parts[1] > 0;

// What needs the passcode; undefined where it was sealed to an earlier key of this phone.
export const inside = (face, me, key) =>
  opening(me, key, me.guard.public, partsOf(face)[1]).catch(() => undefined);
